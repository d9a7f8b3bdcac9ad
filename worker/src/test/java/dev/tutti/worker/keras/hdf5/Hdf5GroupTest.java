package dev.tutti.worker.keras.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.read.MappedFile;
import dev.tutti.worker.keras.read.StorageBudget;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5GroupTest {
  @TempDir Path folder;

  @Test
  void listsCutIntoNumberedPiecesAreJoined() throws IOException {
    Path path = folder.resolve("chunks.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putAttribute("layer_names0", new String[] {"a", "bb"});
      file.putAttribute("layer_names1", new String[] {"ccc"});
      file.putAttribute("whole", new String[] {"x", "yy"});
    }
    try (Hdf5File file = Hdf5File.of(MappedFile.map(path, Place.file(path)), Place.file(path))) {
      assertEquals(List.of("a", "bb", "ccc"), file.root().texts("layer_names"));
      assertEquals(List.of("x", "yy"), file.root().texts("whole"));
      assertThrows(BrokenModelException.class, () -> file.root().texts("absent"));
    }
  }

  @Test
  void namesThatShareStorageCannotAskForMoreThanTheFileHolds() throws IOException {
    StorageBudget budget = new StorageBudget(100);
    Place place = new Place("model.h5");
    budget.spend(60, place);
    budget.spend(40, place);
    assertThrows(BrokenModelException.class, () -> budget.spend(1, place));
  }
}
