package dev.tutti.core.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void idsAndLabelsAreThoseOfNsynth() {
    assertEquals(Optional.of(InstrumentFamily.SYNTH_LEAD), InstrumentFamily.ofNsynthId(9));
    assertEquals(Optional.of(InstrumentFamily.SYNTH_LEAD), InstrumentFamily.ofLabel("synth_lead"));
    assertEquals(Optional.empty(), InstrumentFamily.ofNsynthId(11));
    assertEquals(Optional.empty(), InstrumentFamily.ofLabel("Bass"));
    for (InstrumentFamily family : InstrumentFamily.values()) {
      assertEquals(Optional.of(family), InstrumentFamily.ofNsynthId(family.nsynthId()));
      assertEquals(Optional.of(family), InstrumentFamily.ofLabel(family.label()));
    }
  }

  @Test
  void aPositionIsNoId() {
    FamilySet ten = FamilySet.notebook();
    assertEquals(ten, FamilySet.all().intersection(ten));
    assertEquals(10, ten.size());
    assertEquals(9, ten.positionOf(InstrumentFamily.VOCAL));
    assertEquals(InstrumentFamily.VOCAL, ten.get(9));
    assertEquals(-1, ten.positionOf(InstrumentFamily.SYNTH_LEAD));
    assertEquals(FamilySet.of(InstrumentFamily.SYNTH_LEAD), ten.complement());
  }

  @Test
  void orderIsThatOfTheIds() {
    FamilySet set =
        FamilySet.of(InstrumentFamily.REED, InstrumentFamily.BASS, InstrumentFamily.REED);
    assertEquals(List.of(InstrumentFamily.BASS, InstrumentFamily.REED), set.asList());
  }

  @Test
  void vectorsNameAStranger() {
    FamilySet set = FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.REED);
    LabelVector vector = LabelVector.of(set, List.of(InstrumentFamily.REED));
    assertEquals(0b10, vector.bits());
    assertEquals(1, vector.cardinality());
    assertTrue(vector.isPresent(1));
    assertEquals(List.of(InstrumentFamily.REED), vector.present());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> LabelVector.of(set, List.of(InstrumentFamily.VOCAL)));
    assertEquals("family vocal is not among the families [bass, reed]", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new LabelVector(set, 0b100));
  }
}
