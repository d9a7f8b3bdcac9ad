package dev.tutti.worker.training.augment;

import dev.tutti.core.label.FamilySet;
import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import dev.tutti.worker.training.data.BatchSource;
import dev.tutti.worker.training.data.TrainingBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws mixtures for training. Batch number n is the same whenever it is made: everything is drawn
 * from the seed and n.
 *
 * <p>Notes are varied once a round and then used in several mixtures with different partners, as
 * varying costs more than mixing.
 */
public final class MixtureStream implements BatchSource {
  private static final int SIZE = BandProjection.SIZE;
  static final int BATCHES_A_ROUND = 12;
  private static final int NOTES_A_FAMILY = 72;

  /** So many of them are changed little, for mixtures of notes that are all clean. */
  private static final int CLEAN_NOTES = 24;

  private static final double CLEAN_STRENGTH = 0.25;
  private static final double CLEAN_SHARE = 0.4;
  private static final double NOISE_SHARE = 0.06;
  private static final double SMALL_SHARE = 0.38;
  private static final double WAVE_SHARE = 0.5;

  private final FamilySet families;
  private final List<List<BandNote>> notes;
  private final NoisePool noises;
  private final long seed;
  private final int batchSize;
  private final float[][] pool;
  private final float[] peaks;
  private final float[] part = new float[SIZE];
  private long poolRound = -1;

  /**
   * A stream.
   *
   * @param notes at least one of each family, in the order of the families
   */
  public MixtureStream(
      FamilySet families, List<List<BandNote>> notes, NoisePool noises, long seed, int batchSize) {
    this.families = families;
    this.notes = notes;
    this.noises = noises;
    this.seed = seed;
    this.batchSize = batchSize;
    pool = new float[families.size() * NOTES_A_FAMILY][SIZE];
    peaks = new float[pool.length];
  }

  @Override
  public void fill(long number, TrainingBatch batch) {
    long round = number / BATCHES_A_ROUND;
    if (round != poolRound) {
      fillPool(round);
      poolRound = round;
    }
    RandomGenerator random = random(2 * number);
    Arrays.fill(batch.labels(), 0);
    for (int i = 0; i < batchSize; i++) {
      mixture(random, batch, i);
    }
  }

  private RandomGenerator random(long stream) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream * 0xD1342543DE82EF95L).split();
  }

  private void fillPool(long round) {
    RandomGenerator random = random(2 * round + 1);
    NoteVariation little = new NoteVariation(random, CLEAN_STRENGTH, noises);
    NoteVariation much = new NoteVariation(random, 1, noises);
    for (int i = 0; i < pool.length; i++) {
      List<BandNote> some = notes.get(i / NOTES_A_FAMILY);
      BandNote note = some.get(random.nextInt(some.size()));
      note.copyTo(pool[i]);
      NoteVariation variation = i % NOTES_A_FAMILY < CLEAN_NOTES ? little : much;
      variation.apply(pool[i], note.headroom());
      peaks[i] = BandNote.highest(pool[i]) + note.headroom();
    }
  }

  private void mixture(RandomGenerator random, TrainingBatch batch, int index) {
    float[] mix = new float[SIZE];
    int size = groupSize(random);
    if (size == 0) {
      noise(random, mix);
    } else {
      boolean wave = size > 1 && random.nextDouble() < WAVE_SHARE;
      boolean clean = random.nextDouble() < CLEAN_SHARE;
      int choice = clean ? CLEAN_NOTES : NOTES_A_FAMILY;
      int[] chosen = choose(random, size);
      float peak = Float.NEGATIVE_INFINITY;
      for (int n = 0; n < size; n++) {
        batch.labels()[index * families.size() + chosen[n]] = 1;
        int from = chosen[n] * NOTES_A_FAMILY + random.nextInt(choice);
        float gain = (float) (random.nextGaussian() * (clean ? 0.5 : 3));
        add(pool[from], gain, wave, n == 0, mix);
        peak = Math.max(peak, peaks[from] + gain);
      }
      finish(mix, size, wave, peak);
    }
    System.arraycopy(mix, 0, batch.levels(), index * SIZE, SIZE);
  }

  /** How many play: none, few often enough to learn who, else 4 to 10 evenly. */
  private int groupSize(RandomGenerator random) {
    double draw = random.nextDouble();
    if (draw < NOISE_SHARE) {
      return 0;
    }
    int most = Math.min(10, families.size());
    if (draw < NOISE_SHARE + SMALL_SHARE || most < 4) {
      return Math.min(most, 1 + random.nextInt(3));
    }
    return 4 + random.nextInt(most - 3);
  }

  private void noise(RandomGenerator random, float[] mix) {
    if (random.nextBoolean()) {
      noises.white(random, (float) random.nextGaussian(), mix);
    } else {
      noises.draw(random, 30 - 80 * random.nextFloat(), mix);
      NoteVariation.clamp(mix, 0);
    }
  }

  private int[] choose(RandomGenerator random, int size) {
    int[] order = new int[families.size()];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(order.length - i);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  private void add(float[] note, float gain, boolean wave, boolean first, float[] mix) {
    if (!wave || first) {
      for (int i = 0; i < SIZE; i++) {
        mix[i] += note[i] + gain;
      }
      return;
    }
    for (int i = 0; i < SIZE; i++) {
      part[i] = note[i] + gain;
    }
    PowerSum.addTones(mix, part);
  }

  private static void finish(float[] mix, int size, boolean wave, float peak) {
    if (!wave && size > 1) {
      float factor = 1f / size;
      for (int i = 0; i < SIZE; i++) {
        mix[i] *= factor;
      }
    }
    if (wave) {
      NoteVariation.raise(mix, peak);
    }
  }
}
