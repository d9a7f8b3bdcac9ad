package dev.tutti.worker.bankfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what {@link RecordJson} wrote. Unknown and missing members, wrong types and numbers out of
 * range are errors that name their place.
 */
final class RecordReader {
  private final String file;

  /**
   * A reader of one file.
   *
   * @param file for messages
   */
  RecordReader(String file) {
    this.file = file;
  }

  /**
   * The record in a JSON object.
   *
   * @param place of the object in the file, for messages
   */
  <T> T read(JsonNode json, Class<T> type, String place) throws BankFileException {
    return type.cast(value(json, type, place));
  }

  private Object value(JsonNode json, Type type, String place) throws BankFileException {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return json.isMissingNode() ? Optional.empty() : Optional.of(value(json, argument, place));
      }
      return list(json, argument, place);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == OptionalDouble.class) {
      return json.isMissingNode()
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) number(json, double.class, place));
    }
    if (json.isMissingNode()) {
      throw wrong(place, "is missing");
    }
    if (plain.isSealed()) {
      return object(json, subtype(json, plain, place), place, true);
    } else if (plain.isRecord()) {
      return object(json, plain, place, plain.getInterfaces().length > 0);
    } else if (plain.isEnum()) {
      return constant(json, plain, place);
    }
    return scalar(json, plain, place);
  }

  private List<Object> list(JsonNode json, Type item, String place) throws BankFileException {
    if (!json.isArray()) {
      throw wrong(place, "must be an array");
    }
    List<Object> items = new ArrayList<>();
    for (JsonNode element : json) {
      items.add(value(element, item, place + "[" + items.size() + "]"));
    }
    return items;
  }

  private Object object(JsonNode json, Class<?> type, String place, boolean named)
      throws BankFileException {
    if (!json.isObject()) {
      throw wrong(place, "must be an object");
    }
    RecordComponent[] components = type.getRecordComponents();
    Set<String> unknown = new HashSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    if (named) {
      unknown.remove(RecordJson.TYPE);
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      String name = components[i].getName();
      unknown.remove(name);
      values[i] = value(json.path(name), components[i].getGenericType(), place + "." + name);
    }
    if (!unknown.isEmpty()) {
      throw wrong(place, "has members that are not known: " + unknown);
    }
    return construct(type, components, values, place);
  }

  private Object construct(
      Class<?> type, RecordComponent[] components, Object[] values, String place)
      throws BankFileException {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new BankFileException(
          "%s: %s: %s".formatted(file, place, e.getCause().getMessage()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /** The record of a sealed type that a JSON object names. */
  private Class<?> subtype(JsonNode json, Class<?> sealed, String place) throws BankFileException {
    String name = json.path(RecordJson.TYPE).asText();
    List<Class<?>> known = records(sealed);
    for (Class<?> type : known) {
      if (type.getSimpleName().equals(name)) {
        return type;
      }
    }
    throw wrong(
        place,
        "has the type '%s'; known: %s"
            .formatted(
                name, known.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))));
  }

  private static List<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(permitted -> records(permitted).stream())
            .collect(Collectors.toList())
        : List.of(type);
  }

  private Object constant(JsonNode json, Class<?> type, String place) throws BankFileException {
    for (Object constant : type.getEnumConstants()) {
      if (json.isTextual() && ((Enum<?>) constant).name().equals(json.textValue())) {
        return constant;
      }
    }
    throw wrong(
        place, "is %s; accepted: %s".formatted(json, Arrays.toString(type.getEnumConstants())));
  }

  private Object scalar(JsonNode json, Class<?> type, String place) throws BankFileException {
    if (type == String.class && json.isTextual()) {
      return json.textValue();
    } else if (type == boolean.class && json.isBoolean()) {
      return json.booleanValue();
    } else if (type == String.class || type == boolean.class) {
      throw wrong(place, "must be %s, not %s".formatted(type.getSimpleName(), json.getNodeType()));
    }
    return number(json, type, place);
  }

  private Object number(JsonNode json, Class<?> type, String place) throws BankFileException {
    if (json.isNumber()) {
      if ((type == int.class || type == Integer.class) && json.canConvertToInt()) {
        return json.intValue();
      } else if ((type == long.class || type == Long.class) && json.canConvertToLong()) {
        return json.longValue();
      } else if ((type == double.class || type == Double.class)
          && Double.isFinite(json.doubleValue())) {
        return json.doubleValue();
      } else if (type == float.class && Float.isFinite(json.floatValue())) {
        return json.floatValue();
      }
    }
    throw wrong(place, "must be a finite %s, not %s".formatted(type.getSimpleName(), json));
  }

  private BankFileException wrong(String place, String what) {
    return new BankFileException("%s: %s %s".formatted(file, place, what));
  }
}
