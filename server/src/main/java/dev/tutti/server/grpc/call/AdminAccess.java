package dev.tutti.server.grpc.call;

/** Who may call what changes the server. */
public enum AdminAccess {
  /** Nobody. */
  OFF,
  /** Callers on the same machine. */
  LOCAL,
  /** Everybody who reaches the port. */
  ANY
}
