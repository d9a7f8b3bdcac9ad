package dev.tutti.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GatewayMainTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void wrongUsageIsOneSentenceThatNamesTheHelp() {
    assertEquals(2, serve("--models", folder.resolve("none").toString()));
    List<String> lines = err.toString().lines().toList();
    assertEquals(1, lines.size(), err.toString());
    assertTrue(lines.get(0).contains(folder.resolve("none").toString()), err.toString());
    assertTrue(lines.get(0).contains("'tutti serve --help'"), err.toString());
  }

  @Test
  void aSettingsFileThatIsNotThereIsNamed() {
    assertEquals(2, serve("--config", folder.resolve("none").toString()));
    assertEquals(
        "tutti serve: There is no settings file '"
            + folder.resolve("none")
            + "'. 'tutti serve --help' lists what is accepted.\n",
        err.toString());
  }

  @Test
  void aMisspeltOptionIsFollowedByTheSentence() {
    assertEquals(2, serve("--modles", "x"));
    String last = err.toString().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.startsWith("tutti serve: Unknown option"), err.toString());
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      int code =
          serve("--models", folder.toString(), "--port", "" + port, "--set", "workers.command=sh");
      assertEquals(1, code);
      assertTrue(
          err.toString().startsWith("tutti serve: cannot listen on 127.0.0.1:" + port + ": "),
          err.toString());
    }
  }

  private int serve(String... arguments) {
    CommandLine line = GatewayMain.commandLine().setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
