package dev.tutti.worker.bankfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes records as JSON objects, one member for each component. Absent optional components have no
 * member. A component of a sealed type names the record in a member {@code type}.
 */
final class RecordJson {
  static final String TYPE = "type";

  private RecordJson() {}

  /** A record, a list, text, a number, a boolean or an enum constant as JSON. */
  static JsonNode write(Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value instanceof Record entry) {
      return object(entry);
    } else if (value instanceof List<?> list) {
      ArrayNode array = json.arrayNode();
      list.forEach(item -> array.add(write(item)));
      return array;
    } else if (value instanceof Enum<?> constant) {
      return json.textNode(constant.name());
    } else if (value instanceof String text) {
      return json.textNode(text);
    } else if (value instanceof Boolean truth) {
      return json.booleanNode(truth);
    } else if (value instanceof Integer number) {
      return json.numberNode(number);
    } else if (value instanceof Long number) {
      return json.numberNode(number);
    } else if (value instanceof Float number) {
      return json.numberNode(number);
    } else if (value instanceof Double number) {
      return json.numberNode(number);
    }
    throw new IllegalArgumentException("no JSON is known for " + value.getClass());
  }

  private static ObjectNode object(Record entry) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (entry.getClass().getInterfaces().length > 0) {
      object.put(TYPE, entry.getClass().getSimpleName());
    }
    for (RecordComponent component : entry.getClass().getRecordComponents()) {
      present(value(entry, component))
          .ifPresent(value -> object.set(component.getName(), write(value)));
    }
    return object;
  }

  private static Optional<Object> present(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Object.class::cast);
    } else if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? Optional.of(optional.getAsDouble()) : Optional.empty();
    }
    return Optional.of(value);
  }

  private static Object value(Record entry, RecordComponent component) {
    try {
      return component.getAccessor().invoke(entry);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(component + " cannot be read", e);
    }
  }
}
