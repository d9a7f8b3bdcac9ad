/**
 * The few types of core that clients and workers are told in the same messages, to and from these.
 * What only one of the two is told is mapped where it is sent.
 */
package dev.tutti.server.wire;
