package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of one layer's configuration. Every accessor takes the kinds of JSON that Keras
 * takes there and refuses all others, with file, layer and attribute in the message; {@code null}
 * is no value but where an accessor says so.
 */
final class LayerAttributes {
  private static final int MOST_SHOWN = 100;
  private static final List<String> TYPES =
      List.of("float32", "mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64");

  /** What TensorFlow 2.0 wrote for "whatever the input has". */
  private static final List<String> INFERRED = List.of("infer", "_infer");

  private final JsonNode config;
  private final Place place;

  /**
   * Attributes.
   *
   * @param place of the layer
   */
  LayerAttributes(JsonNode config, Place place) {
    this.config = config;
    this.place = place;
  }

  /** The value under a key; a missing node where there is none, or null. */
  JsonNode raw(String key) {
    JsonNode value = config.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** Whether there is a value, and not null. */
  boolean has(String key) {
    return !raw(key).isMissingNode();
  }

  /** The file is damaged at this attribute; the message ends with its value. */
  BrokenModelException broken(String key, String needs) {
    JsonNode value = config.path(key);
    String has = value.isMissingNode() ? "nothing" : shown(value);
    return place.attribute(key).broken(needs + ", has " + has);
  }

  /** A value in a message, which is no place for long ones. */
  static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  /** A whole number of 1 or more. */
  int positive(String key) throws ModelFileException {
    return positive(config.path(key), key);
  }

  /** A whole number of 1 or more. */
  int positive(String key, int absent) throws ModelFileException {
    return config.has(key) ? positive(key) : absent;
  }

  /**
   * A pair such as {@code [3, 3]}; a single number stands for both. Along one axis, such as {@code
   * [3]}, it is the width.
   */
  Extent extent(String key, int axes) throws ModelFileException {
    JsonNode value = config.path(key);
    if (value.isArray() && value.size() != axes) {
      throw broken(key, "needs a number for each axis");
    }
    int first = positive(value.isArray() ? value.get(0) : value, key);
    int last = positive(value.isArray() ? value.get(axes - 1) : value, key);
    return new Extent(axes == 1 ? 1 : first, last);
  }

  Extent extent(String key, int axes, Extent absent) throws ModelFileException {
    return config.has(key) ? extent(key, axes) : absent;
  }

  /** True or false; older files also write 1 and 0. */
  boolean flag(String key, boolean absent) throws ModelFileException {
    JsonNode value = config.path(key);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isBoolean() && !(value.isInt() && (value.asInt() == 0 || value.asInt() == 1))) {
      throw broken(key, "needs true or false");
    }
    return value.asBoolean();
  }

  /** A number that float32 can hold. */
  double number(String key, double absent) throws ModelFileException {
    return config.has(key) ? number(plain(config.path(key)), key) : absent;
  }

  /** A number that float32 can hold; empty where it is missing or null. */
  Optional<Double> optionalNumber(String key) throws ModelFileException {
    return has(key) ? Optional.of(number(key, 0)) : Optional.empty();
  }

  /** A number, or numbers in lists of any depth, in order. */
  List<Double> numbers(String key) throws ModelFileException {
    List<Double> numbers = new ArrayList<>();
    Deque<JsonNode> left = new ArrayDeque<>(List.of(plain(config.path(key))));
    while (!left.isEmpty()) {
      JsonNode next = left.pop();
      if (next.isArray()) {
        for (int i = next.size() - 1; i >= 0; i--) {
          left.push(next.get(i));
        }
      } else {
        numbers.add(number(next, key));
      }
    }
    return numbers;
  }

  /** A whole number, or a list of them. */
  List<Integer> integers(String key) throws ModelFileException {
    JsonNode value = config.path(key);
    List<Integer> integers = new ArrayList<>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      if (!item.isIntegralNumber() || !item.canConvertToInt()) {
        throw broken(key, "needs whole numbers");
      }
      integers.add(item.asInt());
    }
    return integers;
  }

  /** A whole number of any sign. */
  int integer(String key, int absent) throws ModelFileException {
    List<Integer> integers = config.has(key) ? integers(key) : List.of(absent);
    if (integers.size() != 1 || config.path(key).isArray()) {
      throw broken(key, "needs a whole number");
    }
    return integers.get(0);
  }

  /** One of these words; the first where the key is missing. */
  String word(String key, List<String> known) throws ModelFileException {
    if (!config.has(key)) {
      return known.get(0);
    }
    JsonNode value = config.path(key);
    if (!value.isTextual() || !known.contains(value.asText())) {
      throw place.attribute(key).unsupported(shown(value) + "; known: " + String.join(", ", known));
    }
    return value.asText();
  }

  Padding padding(boolean causal) throws ModelFileException {
    List<String> known = causal ? List.of("valid", "same", "causal") : List.of("valid", "same");
    return switch (word("padding", known)) {
      case "same" -> Padding.SAME;
      case "causal" -> Padding.CAUSAL;
      default -> Padding.VALID;
    };
  }

  /** The shape of one sample where the batch, which may be open, stands before it. */
  TensorShape sampleShape(String key) throws ModelFileException {
    JsonNode shape = config.path(key);
    if (!shape.isArray() || shape.size() < 2) {
      throw broken(key, "needs a list of the batch and at least one length");
    }
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 1; axis < shape.size(); axis++) {
      if (shape.get(axis).isNull()) {
        throw place.attribute(key).unsupported(shown(shape) + "; only the batch may be open");
      }
      sizes.add(positive(shape.get(axis), key));
    }
    return new TensorShape(sizes);
  }

  /** For a layer that slides over samples of this many axes, channels among them. */
  void requireRank(TensorShape input, int rank) throws ModelFileException {
    requireChannelsLast();
    if (input.rank() != rank) {
      throw place.broken(
          "needs an input of %s, gets %s"
              .formatted(rank == 3 ? "[height, width, channels]" : "[steps, channels]", input));
    }
  }

  /** Null means what Keras is set to on the machine, which is channels last everywhere. */
  void requireChannelsLast() throws ModelFileException {
    if (has("data_format")) {
      word("data_format", List.of("channels_last"));
    }
  }

  /** For a layer that works along one axis, which may be given as a list. */
  void requireLastAxis(TensorShape input) throws ModelFileException {
    if (config.has("axis")) {
      List<Integer> axes = integers("axis");
      if (axes.size() != 1 || (axes.get(0) != -1 && axes.get(0) != input.rank())) {
        throw place
            .attribute("axis")
            .unsupported(shown(config.path("axis")) + "; only the last axis is supported");
      }
    }
  }

  /** Refuses a flag that changes the meaning of the layer in a way that is not implemented. */
  void requireOff(String key) throws ModelFileException {
    if (has(key) && flag(key, false)) {
      throw place.attribute(key).unsupported("true; only false is supported");
    }
  }

  /** Mixed and half-precision models are computed in float32, which loses nothing. */
  void checkType() throws ModelFileException {
    JsonNode dtype = raw("dtype");
    JsonNode name = dtype.isObject() ? dtype.path("config").path("name") : dtype;
    boolean known =
        name.isTextual()
            && (TYPES.contains(name.asText())
                || (dtype.isObject() && INFERRED.contains(name.asText())));
    if (!dtype.isMissingNode() && !known) {
      throw place.attribute("dtype").unsupported(shown(dtype) + "; known: " + TYPES);
    }
  }

  private int positive(JsonNode value, String key) throws ModelFileException {
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 1) {
      throw broken(key, "needs a whole number of 1 or more");
    }
    return value.asInt();
  }

  private double number(JsonNode value, String key) throws ModelFileException {
    if (!value.isNumber() || !Float.isFinite((float) value.asDouble())) {
      throw broken(key, "needs a finite number");
    }
    return value.asDouble();
  }

  /** Arrays of NumPy and tensors stand in objects, which old and new versions spell differently. */
  private static JsonNode plain(JsonNode value) {
    if (value.path("type").asText().equals("ndarray")) {
      return value.path("value");
    }
    String kind = value.path("class_name").asText();
    boolean array = kind.equals("__numpy__") || kind.equals("__tensor__");
    return array ? value.path("config").path("value") : value;
  }
}
