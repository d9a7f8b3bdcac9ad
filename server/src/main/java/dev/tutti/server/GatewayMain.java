package dev.tutti.server;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.config.InvalidSettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti serve}. */
@Command(
    name = "tutti serve",
    mixinStandardHelpOptions = true,
    versionProvider = GatewayMain.Release.class,
    sortOptions = false,
    description =
        "Serves a folder of family models by gRPC until it is stopped (Ctrl-C or SIGTERM).",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped on request (Ctrl-C, SIGTERM)",
      "1:the models cannot be served, or the address cannot be listened on",
      "2:wrong usage"
    })
public final class GatewayMain implements Callable<Integer> {
  /** The release, as the jar's manifest has it. */
  static final class Release implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = GatewayMain.class.getPackage().getImplementationVersion();
      return new String[] {"tutti " + (version == null ? "(not packaged)" : version)};
    }
  }

  private static final String LAUNCHER_DEFAULT = "tutti.default.";
  private static final String WATCH_INTERVAL = "5s";

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "A bank, a folder of family_<name>_classifier.h5 or .keras files or SavedModels, or"
              + " numbered versions of either, of which the newest is served.")
  private Path models;

  @Option(
      names = "--watch",
      description = "Look for newer models every 5 s, and reload when there are.")
  private boolean watch;

  @Option(names = "--host", description = "Address to listen on. Default: 127.0.0.1")
  private String host;

  @Option(names = "--port", description = "Port to listen on; 0 takes any. Default: 50051")
  private Integer port;

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "DEVICE",
      description =
          "One worker process each: cpu:N for N that share the cores, cuda:K for one on that"
              + " device; or auto, for every CUDA device there is, else CPUs. Default: cpu:2")
  private List<String> devices;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description =
          "What workers compute in: float32, bfloat16, or auto, which takes bfloat16 where the"
              + " processor is faster with it and the bank's probes allow it. Default: auto")
  private String precision;

  @Option(
      names = "--dataset",
      paramLabel = "NAME=PATH",
      description = "A data set for evaluations; may be given several times.")
  private Map<String, Path> dataSets = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings as key = value lines; options override them.")
  private Path configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as batching.max-batch-size=16; may be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Write the port there once the models are served.")
  private Path portFile;

  @Option(
      names = "--exit-with-stdin",
      description = "Stop when standard input ends, for a parent process that may die.")
  private boolean exitWithStdin;

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new GatewayMain())
        .setParameterExceptionHandler(ServeFailures::usage)
        .setExecutionExceptionHandler(ServeFailures::execution);
  }

  @Override
  public Integer call() throws Exception {
    GatewayConfig config = config();
    try (Gateway gateway = new Gateway(config)) {
      Thread closer = new Thread(gateway::close, "shutdown");
      Runtime.getRuntime().addShutdownHook(closer);
      StopSignals.install(() -> System.exit(CommandLine.ExitCode.OK));
      if (exitWithStdin) {
        StdinWatch.start(() -> System.exit(CommandLine.ExitCode.OK));
      }
      listen(gateway, config);
      announce(gateway, gateway.whenReady().join(), config);
      gateway.awaitTermination();
      // The hook is closing the gateway: let it end the process.
      closer.join();
      return CommandLine.ExitCode.OK;
    } catch (InvalidSettingException e) {
      // What only this machine could tell: a device or a version that is not there.
      throw wrongUsage(e);
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  private static void listen(Gateway gateway, GatewayConfig config) throws IOException {
    try {
      gateway.start();
    } catch (IOException e) {
      throw ServeFailures.cannotListen(config.server().host(), config.server().port(), e);
    }
  }

  private CommandLine.ParameterException wrongUsage(Exception e) {
    return new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
  }

  private GatewayConfig config() throws IOException {
    try {
      GatewayConfig config = GatewayConfig.from(source());
      if (!Files.exists(config.models().path())) {
        throw ServeFailures.noModels(config.models().path());
      }
      return config;
    } catch (InvalidSettingException e) {
      throw wrongUsage(e);
    }
  }

  /** The launcher's defaults, overridden by the file, by settings one by one, and by options. */
  private ConfigSource source() throws IOException {
    Map<String, String> values = launcherDefaults();
    if (configFile != null) {
      values.putAll(read(configFile));
    }
    values.putAll(settings);
    put(values, "models.path", models);
    put(values, "models.watch", watch ? WATCH_INTERVAL : null);
    put(values, "server.host", host);
    put(values, "server.port", port);
    put(values, "workers.devices", devices == null ? null : String.join(",", devices));
    put(values, "workers.precision", precision);
    dataSets.forEach((name, path) -> values.put("datasets." + name, path.toString()));
    return new ConfigSource(values);
  }

  /** What the launcher knows of its installation; everything else overrides it. */
  private static Map<String, String> launcherDefaults() {
    Map<String, String> values = new TreeMap<>();
    Properties properties = System.getProperties();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(LAUNCHER_DEFAULT)) {
        values.put(name.substring(LAUNCHER_DEFAULT.length()), properties.getProperty(name));
      }
    }
    return values;
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw ServeFailures.noSettingsFile(file, e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private void announce(Gateway gateway, Bank bank, GatewayConfig config) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Announcement.of(
            config.server().host() + ":" + gateway.port(),
            ProcessHandle.current().pid(),
            bank,
            gateway.workers(),
            config.server().admin())
        .forEach(out::println);
    out.flush();
    if (portFile != null) {
      // Moved into place, so that a reader never sees half of it.
      Path partial = portFile.resolveSibling(portFile.getFileName() + ".partial");
      Files.writeString(partial, gateway.port() + "\n");
      Files.move(partial, portFile, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void put(Map<String, String> values, String key, Object value) {
    if (value != null) {
      values.put(key, value.toString());
    }
  }
}
