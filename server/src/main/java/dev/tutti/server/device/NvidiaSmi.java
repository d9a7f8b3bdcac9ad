package dev.tutti.server.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks the NVIDIA driver's own tool which GPUs there are. Whatever it does, an answer comes. */
public final class NvidiaSmi {
  private static final int MAX_OUTPUT_BYTES = 1 << 16;
  private static final int MAX_QUOTED = 200;

  /** A process in the kernel's hands, as in a driver that hangs, does not end when it is killed. */
  private static final int END_SECONDS = 2;

  private static final List<String> QUERY =
      List.of("--query-gpu=index,uuid,name,memory.total,driver_version", "--format=csv,noheader");

  /** A name may hold commas; the fields around it may not. */
  private static final Pattern LINE =
      Pattern.compile("(\\d{1,3}),\\s*([^,]+),\\s*(.+),\\s*([^,]+),\\s*([^,]+)");

  private static final Pattern MEMORY = Pattern.compile("(\\d{1,12})\\s*MiB");

  private final String program;
  private final Duration timeout;
  private final ProgramStarter starter;

  /**
   * @param program the tool's name or path
   * @param timeout after which it is ended
   */
  public NvidiaSmi(String program, Duration timeout, ProgramStarter starter) {
    this.program = program;
    this.timeout = timeout;
    this.starter = starter;
  }

  /** Runs the tool. */
  public CudaGpus discover() {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(QUERY);
    Process process;
    try {
      process = starter.run(command);
    } catch (IOException e) {
      return CudaGpus.none("there is no program '" + program + "'");
    }
    try {
      return await(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CudaGpus.none("interrupted while waiting for " + program);
    } finally {
      end(process);
    }
  }

  /** Ends the tool and what it started, and waits until they are gone, unless they cannot go. */
  private static void end(Process process) {
    List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .forEach(
            handle -> {
              handle.destroyForcibly();
              ends.add(handle.onExit());
            });
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, END_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private CudaGpus await(Process process) throws InterruptedException {
    InputStream stream = process.getInputStream();
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread reader = new Thread(() -> output.complete(read(stream)), "nvidia-smi");
    reader.setDaemon(true);
    reader.start();
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      return CudaGpus.none(program + " did not answer within " + timeout.toMillis() + " ms");
    }
    String text = output.completeOnTimeout("", timeout.toMillis(), TimeUnit.MILLISECONDS).join();
    return process.exitValue() == 0
        ? parse(text)
        : CudaGpus.none(
            program + " ended with exit code " + process.exitValue() + ": " + quote(text));
  }

  private static String read(InputStream stream) {
    try {
      return new String(stream.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }

  private CudaGpus parse(String text) {
    List<CudaGpu> gpus = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      Matcher fields = LINE.matcher(line);
      if (fields.matches()) {
        gpus.add(gpu(fields));
      } else {
        unread.add(line);
      }
    }
    if (!unread.isEmpty()) {
      return new CudaGpus(
          List.copyOf(gpus), program + " said something else: " + quote(unread.get(0)));
    }
    return new CudaGpus(List.copyOf(gpus), gpus.isEmpty() ? program + " lists none" : "");
  }

  private static CudaGpu gpu(Matcher fields) {
    Matcher memory = MEMORY.matcher(fields.group(4));
    return new CudaGpu(
        Integer.parseInt(fields.group(1)),
        Optional.of(fields.group(2)).filter(uuid -> uuid.matches("(GPU|MIG)-[0-9A-Za-z/-]+")),
        fields.group(3),
        memory.matches() ? OptionalLong.of(Long.parseLong(memory.group(1))) : OptionalLong.empty(),
        fields.group(5));
  }

  private static String quote(String text) {
    String line = String.join(" ", Arrays.asList(text.strip().split("\\s+")));
    return line.isEmpty() ? "(nothing)" : line.substring(0, Math.min(MAX_QUOTED, line.length()));
  }
}
