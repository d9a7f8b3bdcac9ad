package dev.tutti.worker.bankfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** {@code manifest.json}: format, version, the {@link BankManifest}, and extra members. */
final class ManifestFile {
  static final String NAME = "manifest.json";
  private static final String FORMAT = "tutti-bank";
  private static final int VERSION = 1;
  private static final long MAX_BYTES = 16 << 20;

  private ManifestFile() {}

  static ObjectNode json(BankManifest manifest, Map<String, JsonNode> extras) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("version", VERSION);
    json.set("bank", RecordJson.write(manifest));
    ObjectNode members = json.putObject("extras");
    extras.forEach(members::set);
    return json;
  }

  /** The whole file, its format and version checked. */
  static JsonNode parse(Path file) throws BankFileException {
    JsonMapper mapper =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BankFileException(file + " has more than " + MAX_BYTES + " bytes.");
      }
      JsonNode json = mapper.readTree(file.toFile());
      if (!json.path("format").asText().equals(FORMAT) || json.path("version").asInt() != VERSION) {
        throw new BankFileException(
            "%s is not a %s of version %d.".formatted(file, FORMAT, VERSION));
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new BankFileException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (BankFileException e) {
      throw e;
    } catch (IOException e) {
      throw new BankFileException(file + " cannot be read: " + e, e);
    }
  }

  static BankManifest manifest(JsonNode json, Path file) throws BankFileException {
    return new RecordReader(file.toString()).read(json.path("bank"), BankManifest.class, "bank");
  }

  static Map<String, JsonNode> extras(JsonNode json) {
    Map<String, JsonNode> extras = new TreeMap<>();
    json.path("extras").properties().forEach(e -> extras.put(e.getKey(), e.getValue()));
    return extras;
  }
}
