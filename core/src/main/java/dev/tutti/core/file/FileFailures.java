package dev.tutti.core.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Failures of the file system in words. Java's own message is often the bare path, and the class of
 * the exception says the rest.
 */
public final class FileFailures {
  private FileFailures() {}

  /** One line: which file, and what is wrong with it. The message itself where that says it. */
  public static String sentence(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return "a file is not UTF-8 text";
    }
    return failure instanceof FileSystemException of && of.getFile() != null
        ? of.getFile() + ": " + reason(of)
        : reason(failure);
  }

  /** What is wrong, to stand behind the file's name. */
  public static String reason(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return "is not UTF-8 text";
    }
    if (failure instanceof FileSystemException of && of.getFile() != null) {
      return reason(of);
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "is there already";
    }
    if (failure instanceof NotDirectoryException) {
      return "is no folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "is a folder that is not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "is a link that leads back to itself";
    }
    return failure.getReason() == null ? "cannot be read or written" : failure.getReason();
  }
}
