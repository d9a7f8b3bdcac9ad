package dev.tutti.server.supervision.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A worker program of a few words. Its first argument is a script: {@code say:TEXT}, {@code
 * shout:TEXT} (on standard error), {@code noise:BYTES} (on both), {@code wait} (for the end of
 * standard input), {@code will:TEXT} (said on standard error as it ends) and {@code exit:CODE},
 * joined by semicolons. {@code ARGS} in a text stands for the other arguments and {@code $NAME} for
 * a variable of the environment.
 */
public final class FakeWorkerMain {
  private FakeWorkerMain() {}

  /** The command that runs a script as a process. */
  public static List<String> command(String script) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx32m",
        "-XX:MaxDirectMemorySize=1g",
        "-XX:ErrorFile=/dev/null",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        FakeWorkerMain.class.getName(),
        script);
  }

  public static void main(String[] args) throws IOException {
    for (String step : args[0].split(";", -1)) {
      String verb = step.split(":", 2)[0];
      String rest = step.substring(Math.min(step.length(), verb.length() + 1));
      switch (verb) {
        case "say" -> System.out.println(expand(rest, args));
        case "shout" -> System.err.println(expand(rest, args));
        case "noise" -> {
          noise(System.out, Integer.parseInt(rest));
          noise(System.err, Integer.parseInt(rest));
        }
        case "will" ->
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println(rest)));
        case "drains" ->
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
        case "takes" -> take(Integer.parseInt(rest));
        case "wait" -> System.in.transferTo(System.out);
        case "exit" -> System.exit(Integer.parseInt(rest));
        default -> throw new IllegalArgumentException(step);
      }
    }
  }

  private static void noise(PrintStream stream, int bytes) {
    for (int i = 0; i < bytes; i += 64) {
      stream.println("x".repeat(63));
    }
  }

  /** Outside the heap, where the virtual machine sets no limit. */
  private static void take(int mebibytes) {
    java.nio.ByteBuffer[] taken = new java.nio.ByteBuffer[mebibytes];
    for (int i = 0; i < mebibytes; i++) {
      taken[i] = java.nio.ByteBuffer.allocateDirect(1 << 20);
    }
    System.out.println(taken.length + " MiB are taken");
  }

  private static String expand(String text, String[] args) {
    String joined = String.join(" ", Arrays.asList(args).subList(1, args.length));
    String expanded = text.replace("ARGS", joined);
    return expanded.startsWith("$")
        ? String.valueOf(System.getenv(expanded.substring(1)))
        : expanded;
  }
}
