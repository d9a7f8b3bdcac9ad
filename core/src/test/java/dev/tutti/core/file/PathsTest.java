package dev.tutti.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathsTest {
  @TempDir Path folder;

  @Test
  void aFileThatCanBeWrittenIsLeftAsItWas() throws IOException {
    Path fresh = folder.resolve("new.npy");
    OutputPath.checkFile(fresh);
    assertFalse(Files.exists(fresh));
    Path old = Files.writeString(folder.resolve("old.npy"), "kept");
    OutputPath.checkFile(old);
    assertEquals("kept", Files.readString(old));
  }

  @Test
  void whatCannotBeAFileIsNamedWithTheReason() throws IOException {
    assertEquals(
        folder + ": cannot be written: it is a folder; name a file in it",
        refusal(() -> OutputPath.checkFile(folder)));
    Path missing = folder.resolve("no/x.npy");
    assertEquals(
        missing + ": cannot be written: there is no folder " + folder.resolve("no"),
        refusal(() -> OutputPath.checkFile(missing)));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(
        file.resolve("x") + ": cannot be written: " + file + " is no folder",
        refusal(() -> OutputPath.checkFile(file.resolve("x"))));
  }

  @Test
  void aFolderIsMadeWithThoseAboveIt() throws IOException {
    Path deep = folder.resolve("a/b/c");
    OutputPath.makeFolder(deep);
    assertTrue(Files.isDirectory(deep));
    OutputPath.makeFolder(deep);
    try (var entries = Files.list(deep)) {
      assertEquals(0, entries.count(), "nothing is left in it");
    }
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(
        file + ": cannot be a folder: " + file + " is a file",
        refusal(() -> OutputPath.makeFolder(file)));
  }

  @Test
  void whatIsNoFileToReadIsNamedWithTheReason() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    InputPath.checkFile(file);
    assertEquals(
        folder + ": is a folder; name the files in it", refusal(() -> InputPath.checkFile(folder)));
    Path missing = folder.resolve("none");
    assertEquals(missing + ": there is no such file", refusal(() -> InputPath.checkFile(missing)));
  }

  @Test
  void failuresOfTheFileSystemAreSentences() {
    assertEquals(
        "x/y: there is no such file or folder",
        FileFailures.sentence(new NoSuchFileException("x/y")));
    assertEquals("x: permission denied", FileFailures.sentence(new AccessDeniedException("x")));
    assertEquals("x: is no folder", FileFailures.sentence(new NotDirectoryException("x")));
    assertEquals(
        "x: No space left on device",
        FileFailures.sentence(new FileSystemException("x", null, "No space left on device")));
    assertEquals("as it is", FileFailures.sentence(new IOException("as it is")));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable work) {
    return assertThrows(IOException.class, work).getMessage();
  }
}
