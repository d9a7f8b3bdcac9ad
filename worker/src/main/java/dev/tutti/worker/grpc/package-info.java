/** The inference endpoint: the only place with gRPC and generated messages. */
package dev.tutti.worker.grpc;
