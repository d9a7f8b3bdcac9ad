package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are UTF-8 whatever the locale, as where cron, systemd or a slim container start Tutti. */
class LocaleTest {
  /** The shell makes the names, as this Java may itself run in a locale that cannot. */
  private static final String NAME = "name=$(printf 'Fl\\303\\266te'); ";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "", "no_SUCH"})
  void aSpectrogramIsMadeOfAFileWithLettersBeyondAscii(String locale) throws Exception {
    Distribution.Outcome outcome =
        run(
            locale,
            "cp \"$2\" \"$name.wav\""
                + " && \"$1\" spectrogram \"$name.wav\" --out \"$name.npy\" && test -s \"$name.npy\"");
    assertEquals(0, outcome.exitCode(), outcome.err());
  }

  @Test
  void whatIsSaidOfANameIsUtf8() throws Exception {
    Distribution.Outcome outcome = run("C", "\"$1\" spectrogram \"$name.wav\" --out x.npy");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("Fl\u00f6te.wav"), outcome.err());
  }

  @Test
  void aManifestNamesFilesWithLettersBeyondAscii() throws Exception {
    Distribution.Outcome outcome =
        run(
            "C",
            "cp \"$2\" \"$name.wav\" && echo \"$name.wav,flute\" > notes.csv"
                + " && \"$1\" dataset inspect notes.csv --json --notes");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("Fl\u00f6te.wav"), outcome.out());
  }

  @Test
  void gatewayAndWorkersReadModelsFromAFolderWithLettersBeyondAscii() throws Exception {
    Distribution.Outcome outcome =
        run(
            "C",
            "cp -r \"$3\" \"$name\" && cp \"$2\" \"$name.wav\""
                + " && \"$1\" classify --json --models \"$name\" \"$name.wav\"");
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonNode answer = new ObjectMapper().readTree(outcome.out()).get("answers").get(0);
    assertTrue(answer.get("file").asText().contains("Fl\u00f6te.wav"), outcome.out());
    assertEquals(10, answer.get("families").size());
  }

  private Distribution.Outcome run(String locale, String script) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder(
                "sh",
                "-c",
                NAME + script,
                "sh",
                Distribution.home().resolve("bin/tutti").toString(),
                Distribution.golden("wav/pcm16_stereo_16k.wav").toString(),
                Distribution.golden("models").toString())
            .directory(folder.toFile());
    shell.environment().keySet().removeIf(key -> key.equals("LANG") || key.startsWith("LC_"));
    shell.environment().put("LC_ALL", locale);
    return Distribution.run(shell);
  }
}
