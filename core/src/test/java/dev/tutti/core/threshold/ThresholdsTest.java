package dev.tutti.core.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private static final FamilySet TWO = FamilySet.of(InstrumentFamily.VOCAL, InstrumentFamily.BASS);

  @Test
  void decisionsAreStrictAndInDouble() {
    Thresholds tenth = Thresholds.uniform(TWO, 0.1);
    // 0.1f is a little more than 0.1.
    assertEquals(0b01, tenth.decide(new float[] {0.1f, 0.09f}).bits());
    Thresholds half = Thresholds.uniform(TWO, 0.5);
    assertEquals(0b10, half.decide(new float[] {0.5f, Math.nextUp(0.5f)}).bits());
    assertEquals(0b10, half.decide(new double[] {0.5, 0.6}).bits());
  }

  @Test
  void oneCanBeChanged() {
    Thresholds half = Thresholds.uniform(TWO, 0.5);
    Thresholds changed = half.with(InstrumentFamily.VOCAL, 0.25);
    assertEquals(Thresholds.of(TWO, new double[] {0.5, 0.25}), changed);
    assertEquals(0.5, half.get(1));
    assertThrows(IllegalArgumentException.class, () -> half.with(InstrumentFamily.REED, 0.1));
  }

  @Test
  void someFamiliesKeepTheirs() {
    Thresholds both = Thresholds.of(TWO, new double[] {0.25, 0.75});
    FamilySet vocal = FamilySet.of(InstrumentFamily.VOCAL);
    assertEquals(Thresholds.of(vocal, new double[] {0.75}), both.among(vocal));
    assertThrows(
        IllegalArgumentException.class, () -> both.among(FamilySet.of(InstrumentFamily.REED)));
  }

  @Test
  void valuesOutsideAreNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Thresholds.of(TWO, new double[] {0, 1.5}));
    assertEquals("the threshold of vocal is 1.5; accepted are 0 to 1", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Thresholds.uniform(TWO, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Thresholds.of(TWO, new double[1]));
  }
}
