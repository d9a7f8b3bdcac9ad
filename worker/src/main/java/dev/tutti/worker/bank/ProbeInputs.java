package dev.tutti.worker.bank;

import dev.tutti.core.content.PackedFloats;
import dev.tutti.worker.bank.input.BankInput;
import dev.tutti.worker.bankfile.ProbeAnswers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up spectrograms on which banks are compared: a noise floor, and for each some partials that
 * begin at a frame and fade. The same seed gives the same bits everywhere: there is nothing but
 * additions and multiplications in them.
 */
final class ProbeInputs {
  /** As many as a full batch by default. */
  static final int COUNT = ProbeAnswers.INPUTS;

  private static final double CEILING = 40;
  private static final double SILENCE = -80;

  private ProbeInputs() {}

  /** {@value #COUNT} rows for {@link ModelBank#infer}. */
  static List<ByteBuffer> generate(long seed, BankInput input) {
    return generate(seed, input.bins(), input.frames(), COUNT);
  }

  /** As many rows of another size. */
  static List<ByteBuffer> generate(long seed, int bins, int frames, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ByteBuffer> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(random, bins, frames));
    }
    return rows;
  }

  private static ByteBuffer row(SplittableRandom random, int bins, int frames) {
    double[] level = new double[bins * frames];
    double floor = SILENCE + 50 * random.nextDouble();
    for (int i = 0; i < level.length; i++) {
      level[i] = floor - 20 * random.nextDouble();
    }
    int partials = 1 + random.nextInt(24);
    double spacing = 1 + bins * random.nextDouble() / 16;
    int start = random.nextInt(frames);
    for (int partial = 1; partial <= partials; partial++) {
      double loud = CEILING * random.nextDouble() - 2 * partial;
      double fade = random.nextDouble();
      int bin = (int) (partial * spacing);
      for (int frame = start; frame < frames && bin < bins; frame++) {
        double now = loud - fade * (frame - start);
        level[bin * frames + frame] = Math.max(level[bin * frames + frame], now);
      }
    }
    float[] row = new float[level.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) level[i];
    }
    return ByteBuffer.wrap(PackedFloats.pack(row));
  }
}
