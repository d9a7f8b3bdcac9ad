package dev.tutti.server.bank;

import java.util.List;

/** The banks that are served now. */
public interface Banks {
  /** All banks in name order; empty before a worker has reported one. */
  List<Bank> all();

  /**
   * @param name empty for the default bank; {@code NAME@VERSION} or {@code NAME@LABEL} for a
   *     certain version of it
   * @throws dev.tutti.server.error.NotFoundException when there is no such bank
   * @throws dev.tutti.server.error.UnavailableException when no worker has reported it yet
   */
  Bank require(String name);

  /** The labels that name a bank, in order. */
  default List<String> labels(Bank bank) {
    return List.of();
  }
}
