package dev.tutti.server.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFolderTest {
  @TempDir Path folder;

  @Test
  void aFolderOfModelsIsItsOnlyVersion() throws IOException {
    Files.createFile(folder.resolve("family_bass_classifier.h5"));
    assertEquals(List.of(new ModelVersion(0, folder)), new VersionFolder(folder).scan());
  }

  @Test
  void soIsAFile() throws IOException {
    Path bank = Files.createFile(folder.resolve("bank"));
    assertEquals(List.of(new ModelVersion(0, bank)), new VersionFolder(bank).scan());
  }

  @Test
  void versionsAreOrderedByNumberAndOtherNamesArePassedOver() throws IOException {
    for (String name : List.of("2", "10", "1", "11.partial", "012", "0", "x", "9999999999")) {
      Files.createDirectory(folder.resolve(name));
    }
    assertEquals(
        List.of(10, 2, 1),
        new VersionFolder(folder).scan().stream().map(ModelVersion::number).toList());
  }

  @Test
  void theSignatureChangesWithTheNewestVersionAlone() throws IOException {
    Files.createDirectories(folder.resolve("1"));
    Files.createDirectories(folder.resolve("2"));
    VersionFolder versions = new VersionFolder(folder);
    String before = versions.signature();
    Files.writeString(folder.resolve("1/old"), "x");
    assertEquals(before, versions.signature());
    Files.writeString(folder.resolve("2/model"), "x");
    String more = versions.signature();
    assertNotEquals(before, more);
    Files.writeString(folder.resolve("2/model"), "longer");
    assertNotEquals(more, versions.signature());
    Files.createDirectories(folder.resolve("3"));
    assertNotEquals(more, versions.signature());
  }
}
