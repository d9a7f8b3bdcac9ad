package dev.tutti.cli.report;

import dev.tutti.cli.classify.FileTags;
import dev.tutti.client.BankInfo;
import java.io.IOException;
import java.nio.file.Path;

/** Where the answers of {@code tutti classify} go, each as it comes. */
public interface ClassifyAnswers {
  /** The bank that answers, before the first answer; not called where no file can be asked. */
  void bank(BankInfo bank) throws IOException;

  void answer(FileTags tags) throws IOException;

  /** A file, or the rest of it, that has no answer. */
  void failed(Path file, String fault) throws IOException;

  void end() throws IOException;
}
