package dev.tutti.worker.bench;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.graph.WeightedModel;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongFunction;

/**
 * Models to measure and what is wanted of them.
 *
 * @param name in the table
 * @param source the models
 * @param exactGain wanted of the fused bank in float32 at batch size 8
 * @param roundedGain wanted in bfloat16
 * @param startSeconds wanted of a worker's start
 */
public record BenchSubject(
    String name,
    BankSource source,
    OptionalDouble exactGain,
    OptionalDouble roundedGain,
    OptionalDouble startSeconds) {
  private static final int FAMILIES = 10;

  /** Models of which nothing is wanted. */
  public BenchSubject(String name, BankSource source) {
    this(name, source, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Ten models of 31.5 million random numbers each. */
  static BenchSubject fullSize() {
    return new BenchSubject(
        "ten full-size models",
        random(RandomModels::fullSize),
        OptionalDouble.of(1.35),
        OptionalDouble.of(2.4),
        OptionalDouble.of(5));
  }

  /** Ten models of random numbers, built as the trained default models are. */
  static BenchSubject compact() {
    return new BenchSubject(
        "ten compact models",
        random(RandomModels::compact),
        OptionalDouble.of(1.8),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** MB of a worker that are wanted where its start is looked at: 1.6 times the weights and 600. */
  String wantedMegabytes() {
    long parameters =
        source.models().values().stream().mapToLong(model -> model.model().parameters()).sum();
    return startSeconds.isPresent()
        ? String.format(Locale.ROOT, "<= %.0f", 1.6 * parameters * Float.BYTES / 1e6 + 600)
        : "";
  }

  private static BankSource random(LongFunction<WeightedModel> maker) {
    Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
    for (InstrumentFamily family : InstrumentFamily.values()) {
      if (models.size() < FAMILIES) {
        models.put(family, maker.apply(family.nsynthId() + 1));
      }
    }
    Thresholds thresholds = Thresholds.uniform(FamilySet.of(models.keySet()), 0.5);
    return new BankSource(
        models, Map.of(), StftParameters.nsynth(), thresholds, Map.of(), Map.of());
  }
}
