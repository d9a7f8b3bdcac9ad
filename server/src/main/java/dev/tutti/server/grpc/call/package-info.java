/**
 * What every call passes through, whatever its service: listener, limits, interceptors, health, and
 * the one mapping of failures to statuses. Knows no endpoint.
 */
package dev.tutti.server.grpc.call;
