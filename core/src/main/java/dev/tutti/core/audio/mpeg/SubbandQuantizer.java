package dev.tutti.core.audio.mpeg;

import java.util.Arrays;

/**
 * How the samples of one subband are quantised: to {@code steps} values around 0, each in a code of
 * {@code bits} bits, or three in one code where the steps are 3, 5 or 9 and samples come in threes.
 *
 * @param steps an odd number; 0 where the subband is empty
 * @param grouped whether one code holds three samples
 */
record SubbandQuantizer(int steps, int bits, boolean grouped) {
  static final SubbandQuantizer NONE = new SubbandQuantizer(0, 0, false);

  /** Of samples of their own, in as few bits as hold the steps. */
  static SubbandQuantizer single(int bits) {
    return new SubbandQuantizer((1 << bits) - 1, bits, false);
  }

  /** Of samples in threes: codes of 5, 7 and 10 bits for 3, 5 and 9 steps. */
  static SubbandQuantizer grouped(int steps) {
    int codes = steps * steps * steps;
    return new SubbandQuantizer(steps, Integer.SIZE - Integer.numberOfLeadingZeros(codes), true);
  }

  boolean empty() {
    return steps == 0;
  }

  /**
   * Reads samples, full scale -1..1, in the order of time.
   *
   * @throws DamagedFrameException where a code of three samples stands for none
   */
  void read(BitInput in, float[] samples, int count) throws DamagedFrameException {
    if (empty()) {
      Arrays.fill(samples, 0);
      return;
    }
    int code = grouped ? in.read(bits) : 0;
    if (grouped && code >= steps * steps * steps) {
      throw new DamagedFrameException("a code stands for no samples");
    }
    for (int i = 0; i < count; i++) {
      int level = grouped ? code % steps : in.read(bits);
      code /= steps;
      samples[i] = 2f * (level - steps / 2) / steps;
    }
  }
}
