package dev.tutti.server.device;

import java.io.IOException;
import java.util.List;

/** Starts a program with standard error joined to standard output. */
public interface ProgramStarter {
  /** Starts one of the operating system. */
  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  Process run(List<String> command) throws IOException;
}
