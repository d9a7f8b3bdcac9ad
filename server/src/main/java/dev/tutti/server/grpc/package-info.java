/**
 * The public services: endpoints, and the mapping of their messages. What is common to all calls is
 * in {@code call}.
 */
package dev.tutti.server.grpc;
