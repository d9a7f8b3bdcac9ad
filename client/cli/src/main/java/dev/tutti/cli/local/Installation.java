package dev.tutti.cli.local;

import java.nio.file.Path;

/**
 * Where the distribution lies, as the launcher script says by system properties.
 *
 * @param launcher the script {@code tutti}
 * @param home the folder with {@code models} and {@code samples}
 * @param terminal whether standard error is a terminal
 */
public record Installation(Path launcher, Path home, boolean terminal) {
  /** The one that this program was started from. */
  public static Installation current() {
    return new Installation(
        Path.of(System.getProperty("tutti.launcher", "tutti")),
        Path.of(System.getProperty("tutti.home", ".")),
        Boolean.getBoolean("tutti.terminal"));
  }

  /** The folder of the bundled notes. */
  public Path samples() {
    return home.resolve("samples");
  }

  /** The folder of the bundled models. */
  public Path defaultModels() {
    return home.resolve("models").resolve("default").resolve("1");
  }
}
