package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.LabelVector;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.v1.FamilyPrediction;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.InstrumentFamily;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyMapperTest {
  @ParameterizedTest
  @EnumSource
  void everyFamilyKeepsItsName(dev.tutti.core.label.InstrumentFamily family) {
    assertEquals("INSTRUMENT_FAMILY_" + family.name(), FamilyMapper.toProto(family).name());
  }

  @Test
  void labelsComeInAnyOrder() {
    LabelVector labels =
        labels(InstrumentFamily.INSTRUMENT_FAMILY_VOCAL, InstrumentFamily.INSTRUMENT_FAMILY_BASS);
    assertEquals(
        List.of(
            dev.tutti.core.label.InstrumentFamily.BASS,
            dev.tutti.core.label.InstrumentFamily.VOCAL),
        labels.present());
    assertEquals(0, labels().cardinality());
  }

  @Test
  void aFamilyTwiceOrNoneIsNamedByItsPlace() {
    InvalidInputException twice =
        assertThrows(
            InvalidInputException.class,
            () ->
                labels(
                    InstrumentFamily.INSTRUMENT_FAMILY_BASS,
                    InstrumentFamily.INSTRUMENT_FAMILY_BASS));
    assertEquals("families[1]", twice.field());
    for (InstrumentFamily none :
        List.of(InstrumentFamily.INSTRUMENT_FAMILY_UNSPECIFIED, InstrumentFamily.UNRECOGNIZED)) {
      InvalidInputException unknown = assertThrows(InvalidInputException.class, () -> labels(none));
      assertEquals("families[0]", unknown.field());
      assertTrue(unknown.getMessage().contains("accepted are"), unknown.getMessage());
    }
  }

  @Test
  void aFamilyThatTheBankLacksIsAnotherError() {
    String message =
        assertThrows(
                FailedPreconditionException.class,
                () -> labels(InstrumentFamily.INSTRUMENT_FAMILY_ORGAN))
            .getMessage();
    assertEquals("families[0]: the bank has no model for organ.", message);
  }

  @Test
  void thresholdsReplaceTheBanksOwnOneByOne() {
    Thresholds changed = thresholds(threshold(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE, 0.25));
    assertEquals(Thresholds.of(TestBank.FAMILIES, new double[] {0.5, 0.25, 0.5}), changed);
    assertEquals(TestBank.BANK.thresholds(), thresholds());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void aThresholdOutsideItsRangeIsRefused(double value) {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> thresholds(threshold(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE, value)));
    assertEquals("thresholds[0].threshold", refusal.field());
  }

  @Test
  void aThresholdTwiceIsRefused() {
    FamilyThreshold flute = threshold(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE, 0.3);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> thresholds(flute, flute));
    assertEquals("thresholds[1]", refusal.field());
  }

  @Test
  void aProbabilityEqualToItsThresholdIsNotPresent() {
    List<FamilyPrediction> predictions =
        FamilyMapper.predictions(
            new float[] {0.5f, Math.nextUp(0.5f), 0}, TestBank.BANK.thresholds());
    assertFalse(predictions.get(0).getPresent());
    assertTrue(predictions.get(1).getPresent());
    assertEquals(InstrumentFamily.INSTRUMENT_FAMILY_VOCAL, predictions.get(2).getFamily());
  }

  private static LabelVector labels(InstrumentFamily... families) {
    return FamilyMapper.labels("families", List.of(families), TestBank.FAMILIES);
  }

  private static Thresholds thresholds(FamilyThreshold... thresholds) {
    return FamilyMapper.thresholds("thresholds", List.of(thresholds), TestBank.BANK.thresholds());
  }

  private static FamilyThreshold threshold(InstrumentFamily family, double value) {
    return FamilyThreshold.newBuilder().setFamily(family).setThreshold(value).build();
  }
}
