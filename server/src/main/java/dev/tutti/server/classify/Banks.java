package dev.tutti.server.classify;

import java.util.List;

/** The banks that are served now. */
public interface Banks {
  /** All banks in name order; empty before a worker has reported one. */
  List<Bank> all();

  /**
   * @param name empty for the default bank
   * @throws dev.tutti.server.error.NotFoundException when there is no such bank
   * @throws dev.tutti.server.error.UnavailableException when no worker has reported it yet
   */
  Bank require(String name);
}
