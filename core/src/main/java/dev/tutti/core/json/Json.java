package dev.tutti.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers for programs, and what other programs left in files. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** The value as a document of several lines: an object with ordered keys, a list or a scalar. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of our own cannot be written as JSON", e);
    }
  }

  /** As {@link #write}, in one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of our own cannot be written as JSON", e);
    }
  }

  /**
   * A document.
   *
   * @throws IOException where the file cannot be read or is not JSON; the latter names the file
   */
  public static JsonNode read(Path file) throws IOException {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes a document piece by piece; the writer stays open. */
  public static JsonGenerator generator(Writer out) throws IOException {
    return MAPPER
        .createGenerator(out)
        .useDefaultPrettyPrinter()
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** An object whose keys keep their order: name, value, name, value. */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
