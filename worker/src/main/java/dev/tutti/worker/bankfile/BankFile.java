package dev.tutti.worker.bankfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A bank folder, open for reading. Opening checks the manifest, that each model's layers fit each
 * other, and that each tensor lies in the weight file; the numbers are checked as they are read.
 */
public final class BankFile implements Closeable {
  /** A layer that puts out more numbers a sample than this (0.5 GiB) is refused. */
  private static final long MAX_ACTIVATIONS = 1L << 27;

  private final Path manifestPath;
  private final BankManifest manifest;
  private final Map<String, JsonNode> extras;
  private final WeightFile weights;
  private final Map<InstrumentFamily, BankWeights> sources = new EnumMap<>(InstrumentFamily.class);

  private BankFile(Path folder) throws BankFileException {
    manifestPath = folder.resolve(ManifestFile.NAME);
    JsonNode json = ManifestFile.parse(manifestPath);
    manifest = ManifestFile.manifest(json, manifestPath);
    extras = ManifestFile.extras(json);
    weights = WeightFile.open(folder.resolve(WeightFile.NAME));
  }

  /** Whether a folder says that it is a bank. */
  public static boolean isBank(Path folder) {
    return Files.exists(folder.resolve(ManifestFile.NAME));
  }

  /**
   * Opens and checks a bank.
   *
   * @throws BankFileException naming what is wrong and where
   */
  public static BankFile open(Path folder) throws BankFileException {
    BankFile file = new BankFile(folder);
    boolean sound = false;
    try {
      file.check();
      sound = true;
      return file;
    } finally {
      if (!sound) {
        file.close();
      }
    }
  }

  /** What the manifest says. */
  public BankManifest manifest() {
    return manifest;
  }

  /** Members that are carried for others, by name. */
  public Map<String, JsonNode> extras() {
    return Map.copyOf(extras);
  }

  /** The families, in NSynth id order. */
  public FamilySet families() {
    return FamilySet.of(sources.keySet());
  }

  /** The bank's thresholds. */
  public Thresholds thresholds() {
    return thresholds(manifest.thresholds());
  }

  /** The thresholds chosen for each other measure, by its name. */
  public Map<String, Thresholds> objectives() {
    Map<String, Thresholds> objectives = new HashMap<>();
    manifest
        .objectives()
        .forEach(entry -> objectives.put(entry.objective(), thresholds(entry.thresholds())));
    return objectives;
  }

  /** Reads the numbers of one family's model. */
  public BankWeights weights(InstrumentFamily family) {
    return sources.get(family);
  }

  @Override
  public void close() {
    weights.close();
  }

  private Thresholds thresholds(List<Double> values) {
    return Thresholds.of(families(), values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void check() throws BankFileException {
    InstrumentFamily last = null;
    for (FamilyEntry entry : manifest.families()) {
      if (last != null && entry.family().compareTo(last) <= 0) {
        throw wrong("families", "must appear once each, in id order");
      }
      last = entry.family();
      checkShapes(entry);
      checkTensors(entry);
      sources.put(entry.family(), new BankWeights(weights, entry));
    }
    if (sources.isEmpty()) {
      throw wrong("families", "must name at least one");
    }
    if (!manifest.probes().isOf(sources.size())) {
      throw wrong("probes", "must have one probability for each family");
    }
    try {
      thresholds();
      objectives();
    } catch (IllegalArgumentException e) {
      throw new BankFileException(manifestPath + ": bank.thresholds: " + e.getMessage(), e);
    }
  }

  /** Computes every shape from the layers, as the models' readers do. */
  private void checkShapes(FamilyEntry entry) throws BankFileException {
    Map<String, TensorShape> shapes = new HashMap<>();
    for (KerasNode node : entry.model().nodes()) {
      TensorShape shape;
      try {
        shape = node.layer().outputShape(node.inputs().stream().map(shapes::get).toList());
      } catch (RuntimeException e) {
        throw new BankFileException(
            "%s: %s: node '%s' does not fit its inputs"
                .formatted(manifestPath, entry.family().label(), node.name()),
            e);
      }
      if (!shape.equals(node.output())
          || shape.elements() < 1
          || shape.elements() > MAX_ACTIVATIONS) {
        throw wrong(
            entry.family().label(),
            "node '%s' gives %s, not %s".formatted(node.name(), shape, node.output()));
      }
      shapes.put(node.name(), shape);
    }
  }

  private void checkTensors(FamilyEntry entry) throws BankFileException {
    HashSet<WeightTensor> stored = new HashSet<>();
    for (TensorEntry tensor : entry.tensors()) {
      weights.check(tensor);
      stored.add(tensor.weight());
    }
    if (!stored.equals(new HashSet<>(entry.model().weights()))) {
      throw wrong(entry.family().label(), "its tensors are not the weights of its layers");
    }
  }

  private BankFileException wrong(String place, String what) {
    return new BankFileException("%s: %s %s".formatted(manifestPath, place, what));
  }
}
