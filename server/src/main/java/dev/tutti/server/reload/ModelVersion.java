package dev.tutti.server.reload;

import java.nio.file.Path;

/**
 * One version of the models on disk.
 *
 * @param number its number; zero where there are no numbers
 * @param path a folder of models, or a bank
 */
public record ModelVersion(int number, Path path) {
  @Override
  public String toString() {
    return number == 0 ? path.toString() : "version " + number + " (" + path + ")";
  }
}
