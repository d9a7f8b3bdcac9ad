package dev.tutti.worker.bankfile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bankfile.BankManifest.ObjectiveThresholds;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes a bank folder. */
public final class BankWriter {
  private BankWriter() {}

  /**
   * Writes a bank as it is given; nothing is folded or checked against anything. The folder appears
   * when all is written.
   *
   * @param folder which must not exist yet, or be empty
   * @param probes what the models answer, in float32
   * @throws ModelFileException if a weight cannot be read
   */
  public static void write(Path folder, BankSource source, ProbeAnswers probes)
      throws BankFileException, ModelFileException {
    Path parent = folder.toAbsolutePath().getParent();
    try {
      Files.createDirectories(parent);
      Path draft = Files.createTempDirectory(parent, folder.getFileName() + ".draft");
      try {
        writeInto(draft, source, probes);
        Files.move(
            draft, folder, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        discard(draft);
      }
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw new BankFileException("The bank " + folder + " cannot be written: " + e, e);
    }
  }

  private static void writeInto(Path folder, BankSource source, ProbeAnswers probes)
      throws IOException {
    List<FamilyEntry> families = new ArrayList<>();
    try (WeightFileWriter weights = new WeightFileWriter(folder.resolve(WeightFile.NAME))) {
      for (Map.Entry<InstrumentFamily, WeightedModel> model : source.models().entrySet()) {
        families.add(family(model.getKey(), model.getValue(), source, weights));
      }
    }
    List<ObjectiveThresholds> objectives = new ArrayList<>();
    new TreeMap<>(source.objectives())
        .forEach(
            (name, thresholds) ->
                objectives.add(new ObjectiveThresholds(name, numbers(thresholds))));
    BankManifest manifest =
        new BankManifest(source.stft(), families, numbers(source.thresholds()), objectives, probes);
    ObjectNode json = ManifestFile.json(manifest, new TreeMap<>(source.extras()));
    JsonMapper.builder()
        .build()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(ManifestFile.NAME).toFile(), json);
  }

  private static FamilyEntry family(
      InstrumentFamily family, WeightedModel model, BankSource source, WeightFileWriter weights)
      throws IOException {
    List<TensorEntry> tensors = new ArrayList<>();
    for (WeightTensor weight : model.model().weights()) {
      tensors.add(weights.add(weight, model.weights()));
    }
    return new FamilyEntry(
        family, source.origins().getOrDefault(family, ""), model.model(), tensors);
  }

  private static List<Double> numbers(Thresholds thresholds) {
    return IntStream.range(0, thresholds.families().size()).mapToObj(thresholds::get).toList();
  }

  private static void discard(Path draft) throws IOException {
    if (Files.exists(draft)) {
      for (String name : List.of(WeightFile.NAME, ManifestFile.NAME)) {
        Files.deleteIfExists(draft.resolve(name));
      }
      Files.delete(draft);
    }
  }
}
