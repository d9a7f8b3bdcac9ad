package dev.tutti.worker.bank;

/** The precision that a user asks for. */
public enum RequestedPrecision {
  /** bfloat16 where the processor is faster with it and the bank's decisions stay; else float32. */
  AUTO,
  /** float32. */
  FLOAT32,
  /** bfloat16, whatever it does to the answers. */
  BFLOAT16
}
