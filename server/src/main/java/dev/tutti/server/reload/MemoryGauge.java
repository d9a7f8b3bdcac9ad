package dev.tutti.server.reload;

import java.util.OptionalLong;

/** Reads how much memory there is; nothing where the system does not say. */
public interface MemoryGauge {
  /** Bytes that new processes could take without anything being swapped out. */
  OptionalLong availableBytes();

  /** Bytes of physical memory that a process has. */
  OptionalLong residentBytes(long pid);
}
