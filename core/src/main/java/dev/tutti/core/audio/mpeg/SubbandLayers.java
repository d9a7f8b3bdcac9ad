package dev.tutti.core.audio.mpeg;

import java.util.Arrays;
import java.util.List;

/**
 * Reads frames of layers I and II, which keep nothing from one frame to the next: for each subband
 * a quantiser, scale factors (one a frame in layer I, up to one for each third of it in layer II)
 * and samples. Channels are mixed to their mean as subbands, which is the same as mixing them
 * later.
 */
final class SubbandLayers {
  private static final int SUBBANDS = SynthesisFilter.SUBBANDS;
  private static final int PARTS = 3;
  private static final int GROUPS = 12;

  /** For each of layer II's two bits of selection: which scale factors are read, in their order. */
  private static final int[][] SELECTIONS = {{0, 1, 2}, {0, 0, 2}, {0, 0, 0}, {0, 1, 1}};

  private final SubbandQuantizer[][] quantizers = new SubbandQuantizer[2][SUBBANDS];
  private final int[][] selections = new int[2][SUBBANDS];
  private final float[][][] scales = new float[2][SUBBANDS][PARTS];
  private final float[] samples = new float[3];

  /**
   * Adds a frame's samples to those in {@code slots}.
   *
   * @param slots of zeros, [time][subband]
   */
  void read(MpegHeader header, BitInput in, float[][] slots) throws DamagedFrameException {
    List<SubbandQuantizer[]> choices = BitAllocation.of(header);
    int channels = header.channels();
    int bound = Math.min(header.intensityBound(), choices.size());
    allocate(header, in, choices, bound);
    for (int band = 0; band < choices.size(); band++) {
      for (int channel = 0; channel < channels; channel++) {
        boolean empty = quantizers[channel][band].empty();
        selections[channel][band] = header.layer() == 1 || empty ? 2 : in.read(2);
      }
    }
    for (int band = 0; band < choices.size(); band++) {
      for (int channel = 0; channel < channels; channel++) {
        readScales(in, channel, band);
      }
    }
    int count = header.layer() == 1 ? 1 : samples.length;
    for (int group = 0; group < GROUPS; group++) {
      int part = group * PARTS / GROUPS;
      for (int band = 0; band < choices.size(); band++) {
        for (int channel = 0; channel < channels; channel++) {
          if (channel == 0 || band < bound) {
            quantizers[channel][band].read(in, samples, count);
          }
          float scale = scales[channel][band][part] / channels;
          for (int i = 0; i < count; i++) {
            slots[group * count + i][band] += samples[i] * scale;
          }
        }
      }
    }
  }

  private void allocate(MpegHeader header, BitInput in, List<SubbandQuantizer[]> choices, int bound)
      throws DamagedFrameException {
    for (int band = 0; band < choices.size(); band++) {
      SubbandQuantizer[] row = choices.get(band);
      int bits = Integer.numberOfTrailingZeros(row.length);
      for (int channel = 0; channel < header.channels(); channel++) {
        SubbandQuantizer chosen =
            channel == 0 || band < bound ? row[in.read(bits)] : quantizers[0][band];
        if (chosen == null) {
          throw new DamagedFrameException("a subband has the forbidden allocation");
        }
        quantizers[channel][band] = chosen;
      }
    }
  }

  private void readScales(BitInput in, int channel, int band) {
    float[] parts = scales[channel][band];
    if (quantizers[channel][band].empty()) {
      Arrays.fill(parts, 0);
      return;
    }
    int[] sources = SELECTIONS[selections[channel][band]];
    for (int part = 0; part < PARTS; part++) {
      parts[part] = sources[part] == part ? scale(in.read(6)) : parts[sources[part]];
    }
  }

  /** Table 3-B.1: a third of an octave a step, from 2. */
  private static float scale(int index) {
    return (float) Math.pow(2, 1 - index / 3.0);
  }
}
