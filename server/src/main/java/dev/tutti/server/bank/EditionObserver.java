package dev.tutti.server.bank;

/** Hears how the workers of an edition do before they are given work. Must return quickly. */
public interface EditionObserver {
  /** A worker holds the edition's bank and has passed its canary check. */
  void onFit(String worker);

  /** A worker gets no work. */
  void onUnfit(String worker, String reason);
}
