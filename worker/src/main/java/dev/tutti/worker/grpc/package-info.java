/**
 * The inference endpoint and the mappers between messages and records: the only place with gRPC and
 * generated messages.
 */
package dev.tutti.worker.grpc;
