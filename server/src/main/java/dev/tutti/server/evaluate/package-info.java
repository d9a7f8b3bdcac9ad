/**
 * Evaluations: labelled samples and mixtures are classified in order and scored. Knows no gRPC and
 * no message.
 */
package dev.tutti.server.evaluate;
