package dev.tutti.worker.training.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import dev.tutti.worker.training.data.SyntheticNotes;
import dev.tutti.worker.training.data.TrainingBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixtureStreamTest {
  private static final int BATCH = 16;

  private List<List<BandNote>> notes;
  private NoisePool noises;

  @BeforeAll
  void makeNotes() {
    notes = SyntheticNotes.byFamily(4);
    noises = new NoisePool(new BandProjection(), 1);
  }

  @Test
  void aBatchDoesNotDependOnThoseMadeBefore() {
    MixtureStream inOrder = stream(1);
    TrainingBatch batch = batch();
    for (long number = 0; number <= MixtureStream.BATCHES_A_ROUND; number++) {
      inOrder.fill(number, batch);
    }
    TrainingBatch alone = batch();
    stream(1).fill(MixtureStream.BATCHES_A_ROUND, alone);
    assertArrayEquals(alone.levels(), batch.levels());
    assertArrayEquals(alone.labels(), batch.labels());
  }

  @Test
  void otherNumbersAndSeedsGiveOtherMixtures() {
    TrainingBatch first = batch();
    TrainingBatch second = batch();
    stream(1).fill(0, first);
    stream(1).fill(1, second);
    assertFalse(Arrays.equals(first.levels(), second.levels()));
    stream(2).fill(0, second);
    assertFalse(Arrays.equals(first.levels(), second.levels()));
  }

  @Test
  void everyGroupSizeOccursAndLevelsAreFinite() {
    MixtureStream stream = stream(3);
    TrainingBatch batch = batch();
    boolean[] seen = new boolean[SyntheticNotes.FAMILIES.size() + 1];
    for (long number = 0; number < 12; number++) {
      stream.fill(number, batch);
      for (float level : batch.levels()) {
        assertTrue(Float.isFinite(level) && level > -200 && level < 200, "level " + level);
      }
      for (int i = 0; i < BATCH; i++) {
        int present = 0;
        for (int p = 0; p < SyntheticNotes.FAMILIES.size(); p++) {
          present += (int) batch.labels()[i * SyntheticNotes.FAMILIES.size() + p];
        }
        seen[present] = true;
      }
    }
    assertArrayEquals(new boolean[] {true, true, true, true}, seen);
  }

  @Test
  void powersAddUp() {
    assertEquals(3.0103, PowerSum.of(0, 0), 0.02);
    for (double gap = 0; gap < 60; gap += 0.37) {
      double exact = 10 * Math.log10(1 + Math.pow(10, gap / 10));
      assertEquals(exact, PowerSum.of((float) gap, 0), 0.02, "gap " + gap);
      assertEquals(exact, PowerSum.of(0, (float) gap), 0.02, "gap " + gap);
    }
  }

  private MixtureStream stream(long seed) {
    return new MixtureStream(SyntheticNotes.FAMILIES, notes, noises, seed, BATCH);
  }

  private static TrainingBatch batch() {
    return new TrainingBatch(BATCH, BandProjection.BANDS, SyntheticNotes.FAMILIES.size());
  }
}
