package dev.tutti.core.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A {@code tf.train.Example} read straight from its bytes:
 *
 * <pre>
 * Example   { Features features = 1 }
 * Features  { map&lt;string, Feature&gt; feature = 1 }     entry { key = 1; value = 2 }
 * Feature   { BytesList bytes = 1 | FloatList floats = 2 | Int64List integers = 3 }
 * lists     { repeated value = 1 }                   numbers packed or not
 * </pre>
 *
 * <p>A feature's values are decoded when they are asked for.
 */
final class TfExample {
  private static final int FEATURES = 1;
  private static final int ENTRY = 1;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int BYTES_LIST = 1;
  private static final int FLOAT_LIST = 2;
  private static final int INT64_LIST = 3;
  private static final int LIST_VALUE = 1;

  private final Map<String, ByteBuffer> features = new HashMap<>();

  /**
   * Finds the features of an example.
   *
   * @param message little-endian
   * @throws MalformedMessageException where the bytes are none
   */
  TfExample(ByteBuffer message) throws MalformedMessageException {
    WireReader example = new WireReader(message);
    while (example.next()) {
      if (example.isBytes(FEATURES)) {
        WireReader entries = new WireReader(example.bytes());
        while (entries.next()) {
          if (entries.isBytes(ENTRY)) {
            addEntry(new WireReader(entries.bytes()));
          }
        }
      }
    }
  }

  private void addEntry(WireReader entry) throws MalformedMessageException {
    String name = "";
    ByteBuffer feature = ByteBuffer.allocate(0);
    while (entry.next()) {
      if (entry.isBytes(KEY)) {
        name = StandardCharsets.UTF_8.decode(entry.bytes()).toString();
      } else if (entry.isBytes(VALUE)) {
        feature = entry.bytes();
      }
    }
    features.put(name, feature);
  }

  /** The first number of an integer feature, or empty where it is missing, empty or other. */
  OptionalLong integer(String name) throws MalformedMessageException {
    Optional<WireReader> list = list(name, INT64_LIST);
    if (list.isPresent() && list.get().next()) {
      WireReader value = list.get();
      if (value.isVarint(LIST_VALUE)) {
        return OptionalLong.of(value.varint());
      }
      if (value.isBytes(LIST_VALUE) && value.bytes().hasRemaining()) {
        return OptionalLong.of(new WireReader(value.bytes()).packedVarint());
      }
    }
    return OptionalLong.empty();
  }

  /** The first string of a bytes feature, or empty where it is missing, empty or other. */
  Optional<String> text(String name) throws MalformedMessageException {
    Optional<WireReader> list = list(name, BYTES_LIST);
    if (list.isPresent() && list.get().next() && list.get().isBytes(LIST_VALUE)) {
      return Optional.of(StandardCharsets.UTF_8.decode(list.get().bytes()).toString());
    }
    return Optional.empty();
  }

  /** The numbers of a float feature, or empty where it is missing or other. */
  Optional<float[]> floats(String name) throws MalformedMessageException {
    Optional<WireReader> list = list(name, FLOAT_LIST);
    if (list.isEmpty()) {
      return Optional.empty();
    }
    // Counted first and filled then, so that nothing grows: a note has 64,000 of them.
    float[] values = new float[list.get().countFloats(LIST_VALUE)];
    list(name, FLOAT_LIST).orElseThrow().readFloats(LIST_VALUE, values);
    return Optional.of(values);
  }

  private Optional<WireReader> list(String name, int kind) throws MalformedMessageException {
    ByteBuffer feature = features.get(name);
    if (feature == null) {
      return Optional.empty();
    }
    WireReader reader = new WireReader(feature);
    Optional<WireReader> found = Optional.empty();
    while (reader.next()) {
      if (reader.isBytes(kind)) {
        found = Optional.of(new WireReader(reader.bytes()));
      }
    }
    return found;
  }
}
