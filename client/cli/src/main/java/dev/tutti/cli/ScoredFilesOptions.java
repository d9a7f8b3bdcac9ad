package dev.tutti.cli;

import dev.tutti.cli.input.ScoredFiles;
import dev.tutti.core.score.ScoredMatrices;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The two files on which measures and searches work. */
final class ScoredFilesOptions {
  @Option(
      names = "--truth",
      required = true,
      paramLabel = "T.npy",
      description = "Truths [samples, labels]: 1 present, 0 absent, -1 or NaN unknown (left out).")
  private Path truthFile;

  @Option(
      names = "--scores",
      required = true,
      paramLabel = "S.npy",
      description = "Scores of the same shape; higher means more certain.")
  private Path scoresFile;

  /**
   * Reads both.
   *
   * @throws IOException where one cannot be read or they do not fit; the message names the file
   */
  ScoredMatrices read() throws IOException {
    return ScoredFiles.read(truthFile, scoresFile);
  }
}
