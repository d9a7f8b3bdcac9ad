/**
 * What can go wrong with a call, in words for its client. Knows no status of gRPC and nothing else
 * of this module.
 */
package dev.tutti.server.error;
