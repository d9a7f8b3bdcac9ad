package dev.tutti.server.supervision;

import dev.tutti.server.config.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which worker gets which device. {@code cpu:N} makes N workers that share the cores between them;
 * {@code cuda:K} makes one that sees only CUDA device K. Several are joined by commas.
 */
public final class DevicePlan {
  private static final int MAX_WORKERS = 64;

  private DevicePlan() {}

  /**
   * @param devices such as {@code ["cpu:2"]} or {@code ["cuda:0", "cuda:1"]}
   * @param cores cores to share among CPU workers
   * @param threadsPerWorker threads of each worker; zero shares the cores evenly
   */
  public static List<WorkerSlot> slots(List<String> devices, int cores, int threadsPerWorker) {
    List<String> expanded = new ArrayList<>();
    for (String device : devices) {
      expand(device, expanded);
    }
    if (expanded.isEmpty() || expanded.size() > MAX_WORKERS) {
      throw refuse(String.join(",", devices));
    }
    long cpuWorkers = expanded.stream().filter("cpu"::equals).count();
    int share = (int) Math.max(1, cores / Math.max(1, cpuWorkers));
    int threads = threadsPerWorker > 0 ? threadsPerWorker : share;
    List<WorkerSlot> slots = new ArrayList<>();
    for (String device : expanded) {
      slots.add(new WorkerSlot("worker-" + slots.size(), device, threads, environment(device)));
    }
    return List.copyOf(slots);
  }

  private static void expand(String device, List<String> into) {
    if (device.matches("cpu(:[1-9]\\d?)?")) {
      int count = device.equals("cpu") ? 1 : Integer.parseInt(device.substring(4));
      for (int i = 0; i < count; i++) {
        into.add("cpu");
      }
    } else if (device.matches("cuda:\\d{1,3}")) {
      into.add(device);
    } else {
      throw refuse(device);
    }
  }

  private static Map<String, String> environment(String device) {
    // Ordering by bus keeps the numbers the same as nvidia-smi's. An empty list hides all devices.
    return device.equals("cpu")
        ? Map.of("CUDA_VISIBLE_DEVICES", "")
        : Map.of(
            "CUDA_DEVICE_ORDER",
            "PCI_BUS_ID",
            "CUDA_VISIBLE_DEVICES",
            device.substring("cuda:".length()));
  }

  private static InvalidSettingException refuse(String device) {
    return new InvalidSettingException(
        "Setting 'workers.devices' has '"
            + device
            + "'; accepted are cpu, cpu:N and cuda:K joined by commas, at most "
            + MAX_WORKERS
            + " workers in all.");
  }
}
