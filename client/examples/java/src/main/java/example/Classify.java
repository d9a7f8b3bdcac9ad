package example;

import dev.tutti.client.ClassifyResult;
import dev.tutti.client.FamilyTag;
import dev.tutti.client.TuttiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Says which instrument families play in an audio file. Arguments: HOST:PORT FILE. */
public final class Classify {
  private Classify() {}

  public static void main(String[] args) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(args[1]));
    try (TuttiClient client = TuttiClient.connect(args[0], Duration.ofSeconds(30))) {
      ClassifyResult result = client.classify(file);
      for (FamilyTag tag : result.tags()) {
        System.out.printf(
            Locale.ROOT,
            "%-10s  %.3f%s%n",
            tag.family().label(),
            tag.probability(),
            tag.present() ? "  present" : "");
      }
    }
  }
}
