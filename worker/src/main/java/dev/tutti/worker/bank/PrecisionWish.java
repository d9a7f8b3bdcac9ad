package dev.tutti.worker.bank;

/** What a user asks for. */
public enum PrecisionWish {
  /** bfloat16 where the processor is faster with it and the bank's decisions stay; else float32. */
  AUTO,
  /** float32. */
  FLOAT32,
  /** bfloat16, whatever it does to the answers. */
  BFLOAT16
}
