package dev.tutti.worker.bank;

import dev.tutti.core.content.PackedFloats;
import dev.tutti.worker.keras.layer.TensorShape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up sample that every sound model can answer.
 *
 * @param name for messages
 * @param numbers of the sample in row-major order, float32 little-endian; not changed
 */
public record AnswerProbe(String name, ByteBuffer numbers) {
  /** As many as fit into a batch by default. */
  static final int COUNT = 8;

  private static final long SEED = 1;

  /**
   * Noise first; then silence, the floor of a loud clip, full scale, quiet numbers around zero, and
   * notes.
   *
   * @param sample a spectrogram's shape; of another, the first axis stands for the bins
   */
  public static List<AnswerProbe> all(TensorShape sample) {
    int elements = Math.toIntExact(sample.elements());
    List<AnswerProbe> probes = new ArrayList<>();
    probes.add(noise("noise", elements, -100, 0));
    probes.add(constant("silence", elements, -100));
    probes.add(constant("a level of -40 dB everywhere", elements, -40));
    probes.add(constant("zeros", elements, 0));
    probes.add(noise("numbers from -1 to 1", elements, -1, 1));
    int bins = sample.size(0);
    ProbeInputs.generate(SEED, bins, elements / bins, COUNT - probes.size())
        .forEach(note -> probes.add(new AnswerProbe("a made-up note", note)));
    return probes;
  }

  private static AnswerProbe noise(String name, int elements, double from, double to) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] numbers = new float[elements];
    for (int i = 0; i < elements; i++) {
      numbers[i] = (float) random.nextDouble(from, to);
    }
    return new AnswerProbe(name, ByteBuffer.wrap(PackedFloats.pack(numbers)));
  }

  private static AnswerProbe constant(String name, int elements, float level) {
    float[] numbers = new float[elements];
    Arrays.fill(numbers, level);
    return new AnswerProbe(name, ByteBuffer.wrap(PackedFloats.pack(numbers)));
  }
}
