package dev.tutti.core.dataset.example;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
public final class TfExample {
  private static final int FEATURES = 1;
  private static final int ENTRY = 1;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int LIST_VALUE = 1;

  private final Map<String, ByteBuffer> features = new HashMap<>();

  /**
   * Finds the features of an example.
   *
   * @param message little-endian
   * @throws MalformedMessageException where the bytes are none
   */
  public TfExample(ByteBuffer message) throws MalformedMessageException {
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

  /** Whether there is a feature of a name, whatever it holds. */
  public boolean has(String name) {
    return features.containsKey(name);
  }

  /** What a feature is; empty where it is missing or holds no value at all. */
  public Optional<FeatureKind> kind(String name) throws MalformedMessageException {
    for (FeatureKind kind : FeatureKind.values()) {
      Optional<WireReader> list = list(name, kind);
      if (list.isPresent() && list.get().next()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The first number of an integer feature, or empty where it is missing, empty or other. */
  public OptionalLong integer(String name) throws MalformedMessageException {
    long[] values = integers(name).orElse(new long[0]);
    return values.length == 0 ? OptionalLong.empty() : OptionalLong.of(values[0]);
  }

  /** The numbers of an integer feature, or empty where it is missing or other. */
  public Optional<long[]> integers(String name) throws MalformedMessageException {
    Optional<WireReader> list = list(name, FeatureKind.INTEGERS);
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get().readVarints(LIST_VALUE));
  }

  /** The byte strings of a bytes feature, or none where it is missing or other. */
  public List<ByteBuffer> bytes(String name) throws MalformedMessageException {
    List<ByteBuffer> values = new ArrayList<>();
    Optional<WireReader> list = list(name, FeatureKind.BYTES);
    while (list.isPresent() && list.get().next()) {
      if (list.get().isBytes(LIST_VALUE)) {
        values.add(list.get().bytes());
      }
    }
    return values;
  }

  /** The first string of a bytes feature, or empty where it is missing, empty or other. */
  public Optional<String> text(String name) throws MalformedMessageException {
    return bytes(name).stream()
        .findFirst()
        .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString());
  }

  /** The numbers of a float feature, or empty where it is missing or other. */
  public Optional<float[]> floats(String name) throws MalformedMessageException {
    Optional<WireReader> list = list(name, FeatureKind.FLOATS);
    if (list.isEmpty()) {
      return Optional.empty();
    }
    // Counted first and filled then, so that nothing grows: a note has 64,000 of them.
    float[] values = new float[list.get().countFloats(LIST_VALUE)];
    list(name, FeatureKind.FLOATS).orElseThrow().readFloats(LIST_VALUE, values);
    return Optional.of(values);
  }

  private Optional<WireReader> list(String name, FeatureKind kind)
      throws MalformedMessageException {
    ByteBuffer feature = features.get(name);
    if (feature == null) {
      return Optional.empty();
    }
    WireReader reader = new WireReader(feature);
    Optional<WireReader> found = Optional.empty();
    while (reader.next()) {
      if (reader.isBytes(kind.field())) {
        found = Optional.of(new WireReader(reader.bytes()));
      }
    }
    return found;
  }
}
