package dev.tutti.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.cli.TextOutput;
import dev.tutti.cli.report.HeldOutFigures;
import dev.tutti.client.BankInfo;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.threshold.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation whose models have bass and vocal, and a card. */
class BundledModelsTest {
  private static final FamilySet FAMILIES =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.VOCAL);
  private static final String MANIFEST =
      """
      {"bank": {"families": [{"family": "BASS"}, {"family": "VOCAL"}],
                "thresholds": [0.290826752781868, 0.1059153713285923]},
       "extras": {"model_card": {"test": {
         "description": "the notebook's recipe, of timgm6mb",
         "overlay": {"map_macro": {"value": 0.87}, "within_k_auc": {"value": 0.76},
                     "bit_accuracy": {"value": 0.8}, "jaccard_samples": {"value": 0.57},
                     "emr": {"value": 0.23}},
         "solo": {"solo_accuracy": 0.66}}}}}
      """;

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = new Installation(home.resolve("tutti"), home, false);
    Files.createDirectories(installation.defaultModels());
    Files.createDirectories(installation.samples());
    Files.writeString(installation.defaultModels().resolve("manifest.json"), MANIFEST);
    Files.writeString(installation.defaultModels().resolve("NOTICE"), "card, line 1\nline 2\n");
  }

  @Test
  void figuresOnTheNotesThatCameAlongNeedTheCardBeside() throws IOException {
    BundledModels models = BundledModels.of(installation);
    BankInfo bundled = bank(0.290826752781868, 0.1059153713285923);
    for (Path notes :
        new Path[] {null, installation.samples(), home.resolve("samples/../samples")}) {
      HeldOutFigures test = models.heldOutTest(bundled, notes).orElseThrow();
      assertEquals(0.87, test.figures().get(Headline.MEAN_AVERAGE_PRECISION).value().getAsDouble());
      assertEquals(0.66, test.solo());
      assertTrue(test.caveat().get(0).contains("do not test these models"), test.toString());
      assertTrue(test.caveat().get(1).contains("timgm6mb"), test.toString());
    }
    Path other = Files.createDirectory(home.resolve("other"));
    assertEquals(Optional.empty(), models.heldOutTest(bundled, other));
  }

  @Test
  void otherModelsAreToldByTheirThresholds() throws IOException {
    BundledModels models = BundledModels.of(installation);
    assertEquals(Optional.empty(), models.heldOutTest(bank(0.29, 0.106), null));
    TextOutput err = new TextOutput();
    models.sayCard(bank(0.5, 0.5), err.writer);
    assertEquals("", err.text());
    models.sayCard(bank(0.290826752781868, 0.1059153713285923), err.writer);
    assertEquals("card, line 1\nline 2\n", err.text());
  }

  @Test
  void anInstallationWithoutModelsHasNoCard() throws IOException {
    Files.delete(installation.defaultModels().resolve("manifest.json"));
    BundledModels models = BundledModels.of(installation);
    assertEquals(
        Optional.empty(), models.heldOutTest(bank(0.290826752781868, 0.1059153713285923), null));
  }

  private static BankInfo bank(double bass, double vocal) {
    Thresholds thresholds = Thresholds.of(FAMILIES, new double[] {bass, vocal});
    return new BankInfo(
        "default", 0, List.of(), "abc", FAMILIES, thresholds, 9, 9, 16_000, 64_000, 1);
  }
}
