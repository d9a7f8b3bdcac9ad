package dev.tutti.worker.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference data among the test resources. */
public final class Golden {
  private Golden() {}

  /** A file or folder, for example {@code set65x30/input.npy}. */
  public static Path path(String name) {
    try {
      return Path.of(Golden.class.getResource("/golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The eight inputs of set65x30. */
  public static List<ByteBuffer> smallRows() throws IOException {
    return NpyFile.read(path("set65x30/input.npy")).rows(65 * 30 * Float.BYTES);
  }

  /** What a set's models answer: [samples][families]. */
  public static double[][] probabilities(String set, FamilySet families) throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(path(set + "/expected.json").toFile()).get("probabilities");
    double[][] rows = new double[json.get(families.get(0).label()).size()][families.size()];
    for (InstrumentFamily family : families) {
      JsonNode column = json.get(family.label());
      for (int row = 0; row < rows.length; row++) {
        rows[row][families.positionOf(family)] = column.get(row).asDouble();
      }
    }
    return rows;
  }

  /** Copies one model into a folder under the name of a family. */
  public static void install(Path model, Path folder, InstrumentFamily family) throws IOException {
    Files.copy(model, folder.resolve("family_" + family.label() + "_classifier.h5"));
  }
}
