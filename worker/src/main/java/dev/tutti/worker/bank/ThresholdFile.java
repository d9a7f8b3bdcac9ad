package dev.tutti.worker.bank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.threshold.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The optional {@code thresholds.json} of a models folder: an object of family names and numbers,
 * {@code {"bass": 0.88, …}}.
 */
final class ThresholdFile {
  private static final Logger log = LoggerFactory.getLogger(ThresholdFile.class);
  private static final String NAME = "thresholds.json";
  private static final double ABSENT = 0.5;
  private static final long MAX_BYTES = 1 << 20;

  private ThresholdFile() {}

  /** The thresholds of the served families: 0.5 where the file, or a family in it, is missing. */
  static Thresholds read(Path folder, FamilySet families) throws ModelBankException {
    Path file = folder.resolve(NAME);
    Thresholds thresholds = Thresholds.uniform(families, ABSENT);
    if (!Files.exists(file)) {
      return thresholds;
    }
    for (Map.Entry<String, JsonNode> entry : parse(file).properties()) {
      InstrumentFamily family = family(file, entry.getKey());
      double value = value(file, entry);
      if (families.contains(family)) {
        thresholds = thresholds.with(family, value);
      } else {
        log.info("{}: {} has a threshold but no model.", file, family.label());
      }
    }
    return thresholds;
  }

  private static JsonNode parse(Path file) throws ModelBankException {
    JsonMapper mapper =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ModelBankException(file + " has more than " + MAX_BYTES + " bytes.");
      }
      JsonNode json = mapper.readTree(file.toFile());
      if (json.isObject()) {
        return json;
      }
      throw new ModelBankException(file + " must hold an object such as {\"bass\": 0.88}.");
    } catch (JsonProcessingException e) {
      throw new ModelBankException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (ModelBankException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelBankException(file + " cannot be read: " + e, e);
    }
  }

  private static InstrumentFamily family(Path file, String name) throws ModelBankException {
    Optional<InstrumentFamily> family = InstrumentFamily.ofLabel(name);
    if (family.isEmpty()) {
      String known =
          Arrays.stream(InstrumentFamily.values())
              .map(InstrumentFamily::label)
              .collect(Collectors.joining(", "));
      throw new ModelBankException(
          "%s: '%s' is not a family; known: %s.".formatted(file, name, known));
    }
    return family.get();
  }

  private static double value(Path file, Map.Entry<String, JsonNode> entry)
      throws ModelBankException {
    JsonNode value = entry.getValue();
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
      throw new ModelBankException(
          "%s: the threshold of %s must be a number in 0..1, not %s."
              .formatted(file, entry.getKey(), value));
    }
    return value.asDouble();
  }
}
