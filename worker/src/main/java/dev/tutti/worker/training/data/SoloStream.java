package dev.tutti.worker.training.data;

import dev.tutti.core.label.InstrumentFamily;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The notebook's examples: single notes of a family against single notes of all others, half each.
 */
public final class SoloStream implements BatchSource {
  private final List<BandNote> family;
  private final List<BandNote> others;
  private final long seed;
  private final int batchSize;

  /** A stream of the notes given. */
  public SoloStream(InstrumentFamily family, List<BandNote> notes, long seed, int batchSize) {
    this.family = notes.stream().filter(note -> note.family() == family).toList();
    this.others = notes.stream().filter(note -> note.family() != family).toList();
    this.seed = seed;
    this.batchSize = batchSize;
  }

  @Override
  public void fill(long number, TrainingBatch batch) {
    RandomGenerator random =
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1342543DE82EF95L).split();
    for (int i = 0; i < batchSize; i++) {
      List<BandNote> some = i % 2 == 0 ? family : others;
      BandNote note = some.get(random.nextInt(some.size()));
      note.copyTo(batch.levels(), i * note.size());
      batch.labels()[i] = 1 - i % 2;
    }
  }
}
