package dev.tutti.worker.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.UnsupportedModelException;
import dev.tutti.worker.keras.layer.TensorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

class SavedModelFileTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = parent.resolve("model");
    SmallSavedModel.write(folder);
  }

  @Test
  void aSoundModelShowsItsSignature() throws IOException {
    SavedModelFile file = SavedModelFile.open(folder);
    assertEquals(TensorShape.of(65, 30, 1), file.signature().sample());
    assertEquals(2, file.parameters());
    assertEquals(file.digest(), SavedModelFile.open(folder).digest());
  }

  /** Each is what a hostile file would put where a harmless operation stands. */
  @ParameterizedTest
  @CsvSource({
    "Sigmoid,ReadFile",
    "Sigmoid,WriteFile",
    "Mean,PyFunc",
    "MatMul,AssignVariableOp",
    "Sigmoid,RestoreV2",
    "Add,MatchingFiles"
  })
  void otherOperationsAreRefused(String operation, String instead) throws IOException {
    SmallSavedModel.replace(folder, operation, instead);
    refused(UnsupportedModelException.class, "uses the operation " + instead);
  }

  @Test
  void variablesAreNotReadFromElsewhere() throws IOException {
    SmallSavedModel.edit(
        folder,
        meta -> {
          GraphDef.Builder graph = meta.getGraphDef().toBuilder();
          for (NodeDef.Builder node : graph.getNodeBuilderList()) {
            if (node.getOp().equals("RestoreV2")) {
              node.setInput(0, node.getInput(1));
            }
          }
          return meta.toBuilder().setGraphDef(graph).build();
        });
    IOException refusal = assertThrows(ModelFileException.class, () -> SavedModelFile.open(folder));
    assertTrue(refusal.getMessage().contains("restore"), refusal::getMessage);
  }

  @Test
  void otherOperationsDoNotFillVariables() throws IOException {
    SmallSavedModel.replace(folder, "Assign", "WriteFile");
    refused(UnsupportedModelException.class, "by the operation WriteFile");
  }

  @Test
  void aVariableWithoutCheckpointIsAnError() throws IOException {
    Files.delete(folder.resolve("variables/variables.index"));
    refused(BrokenModelException.class, "no variables/ to fill it");
  }

  @Test
  void aCutCheckpointIsAnError() throws IOException {
    Path data = folder.resolve("variables/variables.data-00000-of-00001");
    Files.write(data, new byte[] {1});
    refused(BrokenModelException.class, "lies outside its data file of 1 bytes");
  }

  @ParameterizedTest
  @CsvSource({"0", "7", "47", "60", "100"})
  void aDamagedIndexIsRefusedWithoutHarm(int length) throws IOException {
    Path index = folder.resolve("variables/variables.index");
    byte[] bytes = Files.readAllBytes(index);
    Files.write(index, Arrays.copyOf(bytes, length));
    refused(BrokenModelException.class, "variables.index");
  }

  @Test
  void anythingElseIsNoSavedModel() throws IOException {
    Files.writeString(folder.resolve("saved_model.pb"), "anything");
    refused(BrokenModelException.class, "is not a SavedModel");
  }

  private void refused(Class<? extends ModelFileException> kind, String reason) {
    IOException refusal = assertThrows(kind, () -> SavedModelFile.open(folder));
    assertTrue(refusal.getMessage().contains(folder.toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
  }
}
