package dev.tutti.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.cli.report.Headlines;
import dev.tutti.cli.report.HeldOutFigures;
import dev.tutti.client.BankInfo;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.threshold.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The bundled models, and what their card says of them. A server may serve them or others: its bank
 * is theirs where the families and the fitted thresholds are, to the last digit.
 */
public final class BundledModels {
  private final Path folder;
  private final Path samples;

  private BundledModels(Path folder, Path samples) {
    this.folder = folder;
    this.samples = samples;
  }

  /** The models of an installation, whether or not they are there. */
  public static BundledModels of(Installation installation) {
    return new BundledModels(installation.defaultModels(), installation.samples());
  }

  /** Prints the card's two lines where they are of this bank. */
  public void sayCard(BankInfo bank, PrintWriter err) throws IOException {
    Path notice = folder.resolve("NOTICE");
    if (Files.exists(notice) && are(bank)) {
      Files.readString(notice).strip().lines().forEach(err::println);
      err.flush();
    }
  }

  /**
   * The card's test, where figures of this bank on this data set need it beside them: on the
   * bundled notes.
   *
   * @param dataset null for these notes
   */
  public Optional<HeldOutFigures> heldOutTest(BankInfo bank, Path dataset) throws IOException {
    boolean bundled =
        dataset == null
            || (Files.exists(dataset)
                && Files.exists(samples)
                && Files.isSameFile(dataset, samples));
    Optional<JsonNode> test =
        bundled && are(bank)
            ? manifest().map(all -> all.at("/extras/model_card/test"))
            : Optional.empty();
    return test.filter(JsonNode::isObject)
        .map(
            card ->
                new HeldOutFigures(
                    card.path("description").asText(),
                    Headlines.of(headline -> figure(card, headline.key())),
                    card.at("/solo/solo_accuracy").asDouble()));
  }

  private static Metric figure(JsonNode card, String key) {
    return Metric.of(card.path("overlay").path(key).path("value").asDouble());
  }

  private boolean are(BankInfo bank) throws IOException {
    Optional<JsonNode> manifest = manifest();
    if (manifest.isEmpty()) {
      return false;
    }
    List<InstrumentFamily> families = new ArrayList<>();
    for (JsonNode entry : manifest.get().at("/bank/families")) {
      String label = entry.path("family").asText().toLowerCase(Locale.ROOT);
      InstrumentFamily.ofLabel(label).ifPresent(families::add);
    }
    List<Double> thresholds = new ArrayList<>();
    manifest.get().at("/bank/thresholds").forEach(each -> thresholds.add(each.asDouble()));
    return families.size() == thresholds.size()
        && Thresholds.of(
                FamilySet.of(families),
                thresholds.stream().mapToDouble(Double::doubleValue).toArray())
            .equals(bank.thresholds());
  }

  private Optional<JsonNode> manifest() throws IOException {
    Path file = folder.resolve("manifest.json");
    return Files.exists(file) ? Optional.of(Json.read(file)) : Optional.empty();
  }
}
