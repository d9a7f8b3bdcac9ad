package dev.tutti.server.reload;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.config.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which models are served.
 *
 * @param path a folder of models or of numbered versions, or a bank
 * @param name the name under which they are served
 * @param labels version numbers by label
 * @param watch how often to look for a newer version; zero never looks
 * @param retireTimeout how long calls may go on with models that have been replaced
 * @param reloadMemory what must be free for a reload, as a factor of what the workers use; zero
 *     does not look
 */
public record ModelsConfig(
    Path path,
    String name,
    Map<String, Integer> labels,
    Duration watch,
    Duration retireTimeout,
    double reloadMemory) {
  public ModelsConfig {
    check(name.matches("[A-Za-z0-9_.-]{1,64}"), "models.name", name, "1 to 64 of A-Za-z0-9_.-");
    check(!watch.isNegative(), "models.watch", watch, "zero or more");
    check(!retireTimeout.isNegative(), "models.retire-timeout", retireTimeout, "zero or more");
    check(
        reloadMemory >= 0 && reloadMemory <= 100,
        "models.reload-memory",
        reloadMemory,
        "a factor from 0 to 100");
    labels.forEach(
        (label, version) ->
            check(
                label.matches("[A-Za-z][A-Za-z0-9_.-]{0,63}") && version >= 1,
                "models.label." + label,
                version,
                "a label that begins with a letter, and a version of 1 or more"));
    labels = Map.copyOf(labels);
  }

  public static ModelsConfig from(ConfigSource source) {
    Map<String, Integer> labels = new TreeMap<>();
    source
        .named("models.label")
        .forEach((label, number) -> labels.put(label, parse(label, number)));
    return new ModelsConfig(
        Path.of(source.text("models.path", "models")),
        source.text("models.name", "default"),
        labels,
        source.duration("models.watch", Duration.ZERO),
        source.duration("models.retire-timeout", Duration.ofMinutes(10)),
        source.number("models.reload-memory", 1));
  }

  private static Integer parse(String label, String number) {
    try {
      return Integer.valueOf(number.strip());
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          "Setting 'models.label." + label + "' is '" + number + "'; it must be a version number.",
          e);
    }
  }
}
