package dev.tutti.server.grpc;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.wire.InstrumentMapper;
import dev.tutti.v1.FamilyPrediction;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.InstrumentFamily;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Families, labels, thresholds and predictions between the wire and the domain. */
final class FamilyMapper {
  private FamilyMapper() {}

  static InstrumentFamily toProto(dev.tutti.core.label.InstrumentFamily family) {
    return InstrumentMapper.toProto(family);
  }

  static List<InstrumentFamily> toProto(Iterable<dev.tutti.core.label.InstrumentFamily> families) {
    List<InstrumentFamily> result = new ArrayList<>();
    families.forEach(family -> result.add(toProto(family)));
    return result;
  }

  /**
   * @throws InvalidInputException for a family that is not set, unknown or there twice
   * @throws FailedPreconditionException for one that the bank does not serve
   */
  static LabelVector labels(String field, List<InstrumentFamily> wire, FamilySet served) {
    Set<dev.tutti.core.label.InstrumentFamily> families =
        EnumSet.noneOf(dev.tutti.core.label.InstrumentFamily.class);
    for (int i = 0; i < wire.size(); i++) {
      String path = field + "[" + i + "]";
      var family = family(path, wire.get(i), served);
      if (!families.add(family)) {
        throw new InvalidInputException(path, family.label() + " is named twice.");
      }
    }
    return LabelVector.of(served, families);
  }

  /** The families that a request names of those that are served; all where it names none. */
  static FamilySet chosen(String field, List<InstrumentFamily> wire, FamilySet served) {
    return wire.isEmpty() ? served : FamilySet.of(labels(field, wire, served).present());
  }

  /** The bank's own thresholds with those of the request in place of them. */
  static Thresholds thresholds(String field, List<FamilyThreshold> wire, Thresholds own) {
    Thresholds result = own;
    Set<dev.tutti.core.label.InstrumentFamily> seen =
        EnumSet.noneOf(dev.tutti.core.label.InstrumentFamily.class);
    for (int i = 0; i < wire.size(); i++) {
      String path = field + "[" + i + "]";
      FamilyThreshold threshold = wire.get(i);
      var family = family(path + ".family", threshold.getFamily(), own.families());
      if (!seen.add(family)) {
        throw new InvalidInputException(path, family.label() + " is named twice.");
      }
      double value = threshold.getThreshold();
      if (!(value >= 0 && value <= 1)) {
        throw new InvalidInputException(
            path + ".threshold", "The threshold is " + value + "; it must be 0 to 1.");
      }
      result = result.with(family, value);
    }
    return result;
  }

  static List<FamilyThreshold> toProto(Thresholds thresholds) {
    return thresholds.families().asList().stream()
        .map(
            family ->
                FamilyThreshold.newBuilder()
                    .setFamily(toProto(family))
                    .setThreshold(thresholds.get(thresholds.families().positionOf(family)))
                    .build())
        .toList();
  }

  static List<FamilyPrediction> predictions(float[] probabilities, Thresholds thresholds) {
    LabelVector decisions = thresholds.decide(probabilities);
    List<FamilyPrediction> predictions = new ArrayList<>(probabilities.length);
    for (int i = 0; i < probabilities.length; i++) {
      predictions.add(
          FamilyPrediction.newBuilder()
              .setFamily(toProto(thresholds.families().get(i)))
              .setProbability(probabilities[i])
              .setThreshold(thresholds.get(i))
              .setPresent(decisions.isPresent(i))
              .build());
    }
    return predictions;
  }

  private static dev.tutti.core.label.InstrumentFamily family(
      String field, InstrumentFamily wire, FamilySet served) {
    var family = InstrumentMapper.fromProto(wire);
    if (family.isEmpty()) {
      throw new InvalidInputException(
          field, "The family is " + wire + "; accepted are INSTRUMENT_FAMILY_BASS to _VOCAL.");
    }
    if (!served.contains(family.get())) {
      throw new FailedPreconditionException(
          field + ": the bank has no model for " + family.get().label() + ".");
    }
    return family.get();
  }
}
