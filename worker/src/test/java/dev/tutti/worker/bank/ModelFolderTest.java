package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.BrokenModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ModelFolderTest {
  private static final Path BASS = Golden.path("set65x30/family_bass_classifier.h5");

  @TempDir Path folder;

  @Test
  void missingFamiliesAreNamedAndTheOthersServed() throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.VOCAL);
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Files.copy(BASS, folder.resolve("family_kazoo_classifier.h5"));
    Logger logger = (Logger) LoggerFactory.getLogger(ModelFolder.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    ModelFolder found;
    try {
      found = ModelFolder.scan(folder);
    } finally {
      logger.detachAppender(events);
    }
    assertEquals(
        List.of(InstrumentFamily.BASS, InstrumentFamily.VOCAL),
        List.copyOf(found.files().keySet()));
    List<String> messages = events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertTrue(
        ModelFolder.missing(FamilySet.of(found.files().keySet()))
            .contains(InstrumentFamily.SYNTH_LEAD));
    assertTrue(
        messages.stream().anyMatch(message -> message.contains("kazoo is not an NSynth family")),
        messages::toString);
  }

  @Test
  void noModelAtAllIsAnErrorThatNamesTheFolder() {
    ModelBankException refusal =
        assertThrows(ModelBankException.class, () -> ModelFolder.scan(folder));
    assertTrue(refusal.getMessage().contains(folder.toString()), refusal::getMessage);
    Path missing = folder.resolve("none");
    refusal = assertThrows(ModelBankException.class, () -> ModelFolder.scan(missing));
    assertTrue(refusal.getMessage().contains(missing.toString()), refusal::getMessage);
  }

  @Test
  void aBrokenModelIsAnErrorThatNamesIt() throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Golden.install(Golden.path("broken/kernel_nan.h5"), folder, InstrumentFamily.REED);
    BrokenModelException refusal =
        assertThrows(BrokenModelException.class, () -> SmallBank.load(folder, 1));
    assertTrue(refusal.getMessage().contains("family_reed_classifier.h5"), refusal::getMessage);
  }

  @Test
  void modelsOfDifferentInputDoNotMix() throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Golden.install(
        Golden.path("set1025x126/family_vocal_classifier.h5"), folder, InstrumentFamily.VOCAL);
    ModelBankException refusal =
        assertThrows(ModelBankException.class, () -> SmallBank.load(folder, 1));
    assertTrue(refusal.getMessage().contains("[1025, 126, 1]"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("[65, 30, 1]"), refusal::getMessage);
  }

  @Test
  void thresholdsComeFromTheirFileOrAreOneHalf() throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Golden.install(BASS, folder, InstrumentFamily.VOCAL);
    assertEquals(0.5, thresholds().get(0));
    Files.writeString(folder.resolve("thresholds.json"), "{\"vocal\": 0.125, \"synth_lead\": 0.9}");
    assertEquals(0.5, thresholds().get(0));
    assertEquals(0.125, thresholds().get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kazoo\": 0.5} | 'kazoo' is not a family; known: bass, brass",
        "{\"bass\": 1.01} | the threshold of bass must be a number in 0..1, not 1.01",
        "{\"bass\": -0.1} | the threshold of bass must be a number in 0..1",
        "{\"bass\": \"0.5\"} | the threshold of bass must be a number in 0..1",
        "{\"bass\": 0.1, \"bass\": 0.2} | Duplicate field",
        "[0.5] | must hold an object",
        "{\"bass\": | is not JSON",
      })
  void wrongThresholdsAreRefused(String json, String reason) throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Path file = Files.writeString(folder.resolve("thresholds.json"), json);
    ModelBankException refusal = assertThrows(ModelBankException.class, this::thresholds);
    assertTrue(refusal.getMessage().startsWith(file.toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
  }

  private Thresholds thresholds() throws IOException {
    try (OpenModels models = OpenModels.open(ModelFolder.scan(folder))) {
      return ThresholdFile.read(folder, models.families());
    }
  }
}
