package dev.tutti.worker.cli;

import dev.tutti.worker.device.DeviceConfig;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What to train on, in the words of the server's {@code --devices}.
 *
 * @param threads of TensorFlow on processors
 * @param gpu index of the GPU among those that are visible; absent: none
 */
record TrainingDevice(int threads, Optional<Integer> gpu) {
  private static final Pattern CPU = Pattern.compile("cpu(?::(\\d{1,4}))?");
  private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");
  private static final int USUAL_THREADS = 2;

  DeviceConfig config(Map<String, String> environment) {
    return DeviceConfig.of(threads, 1, 0, environment).onGpu(gpu);
  }

  static final class Converter implements ITypeConverter<TrainingDevice> {
    @Override
    public TrainingDevice convert(String text) {
      Matcher cpu = CPU.matcher(text);
      if (cpu.matches() && !"0".equals(cpu.group(1))) {
        int threads = cpu.group(1) == null ? USUAL_THREADS : Integer.parseInt(cpu.group(1));
        return new TrainingDevice(threads, Optional.empty());
      }
      Matcher cuda = CUDA.matcher(text);
      if (cuda.matches()) {
        return new TrainingDevice(
            Runtime.getRuntime().availableProcessors(),
            Optional.of(Integer.parseInt(cuda.group(1))));
      }
      throw new TypeConversionException(
          "'%s' is not a device to train on; accepted: cpu, cpu:THREADS or cuda:INDEX"
              .formatted(text));
    }
  }
}
