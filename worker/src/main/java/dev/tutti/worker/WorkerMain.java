package dev.tutti.worker;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.ModelBankException;
import dev.tutti.worker.bank.ModelBankLoader;
import dev.tutti.worker.bank.RequestedPrecision;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.AvailableMemory;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.CudaDevice;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.DeviceUnavailableException;
import dev.tutti.worker.device.EarlyTensorFlow;
import dev.tutti.worker.device.MemoryBudget;
import dev.tutti.worker.grpc.InferenceServer;
import dev.tutti.worker.grpc.ListenAddress;
import dev.tutti.worker.grpc.ListenException;
import dev.tutti.worker.keras.ModelFileException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The worker process. It loads a bank, warms it up, listens, and then prints one line on standard
 * output, {@code TUTTI-WORKER 1 <address>}; all else goes to standard error. It ends when standard
 * input ends, within two seconds whatever hangs, and drains on SIGTERM. Exit codes: 0, 2 for wrong
 * usage or models, 4 when the device cannot be used, or 3, the virtual machine's own, when its heap
 * is exhausted.
 */
@Command(
    name = "tutti-worker",
    mixinStandardHelpOptions = true,
    description = "Serves the models of one folder to a Tutti gateway.")
public final class WorkerMain implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(WorkerMain.class);
  private static final String HANDSHAKE = "TUTTI-WORKER 1 ";
  private static final int DEVICE_UNAVAILABLE = 4;
  private static final String DEFAULT_MEMORY = "50%";
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);

  private final PrintStream stdout;
  private final ProcessEnd end;

  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of family_<name>_classifier.h5, .keras or SavedModels, with an optional"
              + " thresholds.json; or a bank that"
              + " 'tutti models import' wrote.")
  private Path models;

  @Option(
      names = "--listen",
      required = true,
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "unix:PATH or tcp:HOST:PORT (port 0: any).")
  private ListenAddress listen;

  @Option(
      names = "--name",
      defaultValue = "worker",
      description = "Name in the log lines (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--intra-threads",
      defaultValue = "1",
      description = "Threads that share one operation (default: ${DEFAULT-VALUE}).")
  private int intraThreads;

  @Option(
      names = "--inter-threads",
      defaultValue = "1",
      description = "Threads for independent operations (default: ${DEFAULT-VALUE}).")
  private int interThreads;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "cpu, or cuda for the one that CUDA_VISIBLE_DEVICES shows.")
  private DeviceKind kind;

  @Option(
      names = "--cuda-memory",
      defaultValue = "0",
      paramLabel = "SHARE",
      description = "Share of the GPU's memory to take at once; 0 takes it as it is needed.")
  private double cudaMemory;

  @Option(
      names = "--batch-sizes",
      defaultValue = "1,2,4,8",
      split = ",",
      description =
          "Batch sizes to run, ascending; the largest are left out where memory is short (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> batchSizes;

  @Option(
      names = "--memory",
      paramLabel = "LIMIT",
      description =
          "Memory that this process may take, such as 6G, or a share of what is available (default:"
              + " 50%%; for a GPU, no limit).")
  private String memory;

  @Option(
      names = "--precision",
      defaultValue = "auto",
      description =
          "auto, float32 or bfloat16 (default: ${DEFAULT-VALUE}): auto computes an imported bank in"
              + " bfloat16 where the processor is faster with it and no probe decides otherwise.")
  private RequestedPrecision precision;

  @Option(
      names = "--standalone",
      description = "Do not end with standard input; for a worker that no gateway started.")
  private boolean standalone;

  @Option(
      names = "--check",
      description = "Load and warm up, then end: whether these models can be served here.")
  private boolean check;

  /** What to compute on, in the words of the command line. */
  private enum DeviceKind {
    cpu,
    cuda
  }

  private WorkerMain(PrintStream stdout, ProcessEnd end) {
    this.stdout = stdout;
    this.end = end;
  }

  /** Runs the worker. */
  public static void main(String[] args) {
    PrintStream stdout = System.out;
    System.setOut(System.err); // Libraries that print must not spoil the handshake.
    ProcessEnd end = new ProcessEnd();
    end.install();
    end.exit(execute(new WorkerMain(stdout, end), args));
  }

  private static int execute(WorkerMain worker, String[] args) {
    try {
      return new CommandLine(worker)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setOut(new PrintWriter(worker.stdout, true, StandardCharsets.UTF_8))
          .setParameterExceptionHandler(WorkerMain::usageError)
          .setExecutionExceptionHandler(WorkerMain::failure)
          .execute(args);
    } catch (Error e) {
      log.error("The worker failed.", e);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Override
  public Integer call()
      throws ModelFileException,
          ModelBankException,
          ListenException,
          DeviceUnavailableException,
          InterruptedException {
    if (!standalone) {
      ParentWatch.start(System.in, end);
    }
    DeviceConfig device =
        checked(() -> DeviceConfig.of(intraThreads, interThreads, cudaMemory, System.getenv()));
    BatchSizes sizes = checked(() -> new BatchSizes(batchSizes));
    MemoryBudget budget = checked(this::budget);
    if (kind == DeviceKind.cuda) {
      CudaDevice.require(device, System.getenv());
    }
    EarlyTensorFlow.start(device);
    log.info("{} loads {} on {}.", name, models, device.describe());
    long start = System.nanoTime();
    ModelBank bank =
        new ModelBankLoader(StftParameters.nsynth(), sizes, device)
            .withPrecision(precision, CpuFeatures.ofThisMachine())
            .withMemory(budget)
            .load(models);
    InferenceServer server = InferenceServer.start(bank, listen);
    end.drainWith(
        () -> {
          log.info("{} drains.", name);
          server.drain(DRAIN_PATIENCE);
          bank.close();
        });
    log.info(
        "{} serves {} at {} after {} ms.",
        name,
        bank.description().families(),
        server.address(),
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    if (check) {
      return CommandLine.ExitCode.OK;
    }
    stdout.println(HANDSHAKE + server.address());
    stdout.flush();
    server.awaitTermination();
    return CommandLine.ExitCode.OK;
  }

  /** On a GPU, a batch's values lie in the GPU's memory. */
  private MemoryBudget budget() {
    if (memory == null && kind == DeviceKind.cuda) {
      return MemoryBudget.unlimited();
    }
    String limit = memory == null ? DEFAULT_MEMORY : memory;
    return MemoryBudget.parse(limit, AvailableMemory.ofThisMachine());
  }

  private <T> T checked(Supplier<T> option) {
    try {
      return option.get();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static int usageError(CommandLine.ParameterException failure, String[] args) {
    return report(failure.getMessage());
  }

  private static int failure(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof ModelFileException
        || failure instanceof ModelBankException
        || failure instanceof ListenException) {
      return report(failure.getMessage());
    }
    if (failure instanceof DeviceUnavailableException) {
      report(failure.getMessage());
      return DEVICE_UNAVAILABLE;
    }
    throw failure;
  }

  private static int report(String message) {
    System.err.println("tutti-worker: " + message.replaceAll("\\s*\\R\\s*", " "));
    return CommandLine.ExitCode.USAGE;
  }

  private static final class AddressConverter implements CommandLine.ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      try {
        return ListenAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
