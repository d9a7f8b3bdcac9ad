package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.golden.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
  @Test
  void layersOverSequencesHaveTheirOwnNames() throws IOException {
    List<String> kinds = kinds("layers/conv1d.h5");
    assertTrue(kinds.contains("Conv1D"), kinds::toString);
    assertFalse(kinds.contains("Conv2D"), kinds::toString);
    assertTrue(kinds("set65x30/family_bass_classifier.h5").contains("Conv2D"));
  }

  private static List<String> kinds(String name) throws IOException {
    return ModelSummary.of(Golden.path(name)).layers().stream()
        .map(ModelSummary.Layer::kind)
        .toList();
  }
}
