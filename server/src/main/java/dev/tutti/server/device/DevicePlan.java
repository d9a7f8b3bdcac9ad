package dev.tutti.server.device;

import dev.tutti.server.config.InvalidSettingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which worker gets which device. {@code cpu:N} makes N workers that share the cores between them;
 * {@code cuda:K} makes one that sees only CUDA device K; {@code auto} makes one for each CUDA
 * device, or CPU workers where there is none. Several are joined by commas.
 */
public final class DevicePlan {
  private static final Logger log = LoggerFactory.getLogger(DevicePlan.class);
  private static final int MAX_WORKERS = 64;
  private static final int AUTO_CORES_PER_WORKER = 4;
  private static final int AUTO_MAX_CPU_WORKERS = 8;

  private final DeviceConfig config;
  private final Machine machine;

  private DevicePlan(DeviceConfig config, Machine machine) {
    this.config = config;
    this.machine = machine;
  }

  /**
   * The places for workers.
   *
   * @throws InvalidSettingException for a device that is not there or not understood
   */
  public static List<WorkerSlot> slots(DeviceConfig config, Machine machine) {
    return new DevicePlan(config, machine).slots();
  }

  private List<WorkerSlot> slots() {
    List<String> expanded = new ArrayList<>();
    config.devices().forEach(device -> expand(device, expanded));
    if (expanded.isEmpty() || expanded.size() > MAX_WORKERS) {
      throw refuse(String.join(",", config.devices()));
    }
    int cpuWorkers = Collections.frequency(expanded, "cpu");
    boolean pinned = cpuWorkers > 0 && canPin(cpuWorkers);
    List<WorkerSlot> slots = new ArrayList<>();
    int cpuNumber = 0;
    for (String device : expanded) {
      String name = "worker-" + slots.size();
      if (device.equals("cpu")) {
        List<String> wrapper = pinned ? bind(cpuNumber++, cpuWorkers) : List.of();
        slots.add(cpu(name, wrapper, cpuWorkers));
      } else {
        slots.add(cuda(name, Integer.parseInt(device.substring("cuda:".length()))));
      }
    }
    return List.copyOf(slots);
  }

  private void expand(String device, List<String> into) {
    if (device.equals("auto") && config.devices().size() == 1) {
      into.addAll(auto());
    } else if (device.matches("cpu(:[1-9]\\d?)?")) {
      int count = device.equals("cpu") ? 1 : Integer.parseInt(device.substring(4));
      into.addAll(Collections.nCopies(count, "cpu"));
    } else if (device.matches("cuda:\\d{1,3}")) {
      into.add(device);
    } else {
      throw refuse(device);
    }
  }

  private List<String> auto() {
    List<CudaGpu> gpus = machine.cuda().gpus();
    if (!gpus.isEmpty() && config.cudaNatives()) {
      return gpus.stream().map(gpu -> "cuda:" + gpu.index()).toList();
    }
    int workers =
        Math.max(
            Math.min(2, machine.cores()),
            Math.min(AUTO_MAX_CPU_WORKERS, machine.cores() / AUTO_CORES_PER_WORKER));
    String reason =
        gpus.isEmpty()
            ? machine.cuda().toString()
            : "this distribution has TensorFlow for CPUs only and leaves "
                + machine.cuda()
                + " unused; build one with 'mvn -Pgpu package'";
    log.info("auto takes {} CPU workers: {}", workers, reason);
    return Collections.nCopies(workers, "cpu");
  }

  private WorkerSlot cpu(String name, List<String> wrapper, int workers) {
    int share = Math.max(1, machine.cores() / workers);
    // An empty list hides all CUDA devices.
    return new WorkerSlot(name, "cpu", wrapper, options(share), Map.of("CUDA_VISIBLE_DEVICES", ""));
  }

  private WorkerSlot cuda(String name, int index) {
    boolean listed = machine.cuda().find(index).isPresent();
    if (!listed && !machine.cuda().gpus().isEmpty()) {
      throw new InvalidSettingException(
          "Setting 'workers.devices' has 'cuda:" + index + "'; there are " + machine.cuda() + ".");
    }
    if (!listed) {
      log.warn("cuda:{} is taken on trust: {}", index, machine.cuda());
    }
    List<String> options = new ArrayList<>(options(machine.cores()));
    options.addAll(List.of("--device", "cuda", "--cuda-memory", "" + config.cudaMemory()));
    String visible =
        machine.cuda().find(index).map(CudaGpu::visibleAs).orElse(String.valueOf(index));
    // Ordering by bus keeps the numbers the same as nvidia-smi's.
    return new WorkerSlot(
        name,
        "cuda:" + index,
        List.of(),
        List.copyOf(options),
        Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES", visible));
  }

  private List<String> options(int share) {
    int threads = config.threads() > 0 ? config.threads() : share;
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--intra-threads", "" + threads));
    options.addAll(List.of("--inter-threads", "" + config.interThreads()));
    options.addAll(List.of("--precision", config.precision().option()));
    if (!config.memory().equals("auto")) {
      options.addAll(List.of("--memory", config.memory()));
    }
    return List.copyOf(options);
  }

  private boolean canPin(int workers) {
    if (!config.pin() || workers == 1) {
      return false;
    }
    String obstacle = null;
    if (machine.taskset().isEmpty()) {
      obstacle = "there is no program 'taskset'";
    } else if (machine.cpus().size() < workers) {
      obstacle = machine.cpus().size() + " processors are allowed to " + workers + " workers";
    }
    if (obstacle != null) {
      log.info("CPU workers are not bound to processors: {}", obstacle);
    }
    return obstacle == null;
  }

  /** Neighbouring processors, which share caches, to each worker. */
  private List<String> bind(int number, int workers) {
    List<Integer> cpus = machine.cpus();
    String share =
        cpus.subList(number * cpus.size() / workers, (number + 1) * cpus.size() / workers).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return List.of(machine.taskset().orElseThrow().toString(), "-c", share);
  }

  private static InvalidSettingException refuse(String device) {
    return new InvalidSettingException(
        "Setting 'workers.devices' has '"
            + device
            + "'; accepted are auto, or cpu, cpu:N and cuda:K joined by commas, at most "
            + MAX_WORKERS
            + " workers in all.");
  }
}
