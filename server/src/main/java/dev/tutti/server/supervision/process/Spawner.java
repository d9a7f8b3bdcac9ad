package dev.tutti.server.supervision.process;

import dev.tutti.server.device.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes that only this one ends, and that never outlive it. Each has a session of its
 * own ({@code setsid}), so that Ctrl-C reaches only this process; and the kernel kills it when this
 * process dies, also one that is stopped or hangs ({@code setpriv --pdeathsig KILL}). Where one of
 * these programs is not there, processes are started without it.
 *
 * <p>Linux ties that signal to the thread that started the process, not to the process. So there is
 * one thread that starts all, and it lasts until {@link #close}, which kills what still runs.
 */
public final class Spawner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Spawner.class);
  private static final int PROBE_SECONDS = 5;
  private static final int MAX_WAITING = 1024;

  private final List<String> prefix;
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          task -> {
            Thread starter = new Thread(task, "spawner");
            starter.setDaemon(true);
            return starter;
          });

  private Spawner(List<String> prefix) {
    this.prefix = prefix;
  }

  /**
   * Finds out what this machine has.
   *
   * @param environment whose {@code PATH} is searched for the programs
   */
  public static Spawner find(Map<String, String> environment) {
    List<String> prefix = new ArrayList<>();
    addIfItWorks(prefix, List.of("setsid"), "signals of the terminal reach workers", environment);
    addIfItWorks(
        prefix,
        List.of("setpriv", "--pdeathsig", "KILL"),
        "a stopped worker outlives a gateway that is killed until it is continued",
        environment);
    return new Spawner(List.copyOf(prefix));
  }

  /** What stands before each command. */
  List<String> prefix() {
    return prefix;
  }

  /** Starts a process. */
  Process start(List<String> command, Map<String, String> environment) throws IOException {
    String program = command.get(0);
    if (program.contains("/") && !Files.isExecutable(Path.of(program))) {
      // Behind a prefix, the prefix would start and then fail.
      throw new IOException("there is no program '" + program + "'");
    }
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    try {
      Future<Process> started = thread.submit(builder::start);
      return started.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (RejectedExecutionException e) {
      throw new IOException("no more processes are started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private static void addIfItWorks(
      List<String> prefix,
      List<String> wrapper,
      String otherwise,
      Map<String, String> environment) {
    Optional<Path> program = Programs.find(wrapper.get(0), environment);
    List<String> command = new ArrayList<>(wrapper);
    program.ifPresent(path -> command.set(0, path.toString()));
    if (program.isPresent() && works(command)) {
      prefix.addAll(command);
    } else {
      log.info("There is no '{}' that works here: {}", String.join(" ", wrapper), otherwise);
    }
  }

  private static boolean works(List<String> wrapper) {
    List<String> probe = new ArrayList<>(wrapper);
    probe.add("true");
    try {
      Process process =
          new ProcessBuilder(probe)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
