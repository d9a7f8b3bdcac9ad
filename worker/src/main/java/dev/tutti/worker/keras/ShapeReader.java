package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads layers that move, repeat, add or drop values. */
final class ShapeReader {
  private final LayerConfig config;
  private final TensorShape input;

  ShapeReader(LayerConfig config, TensorShape input) {
    this.config = config;
    this.input = input;
  }

  KerasLayer flatten() throws ModelFileException {
    config.requireChannelsLast();
    return new KerasLayer.Flatten(config.path());
  }

  KerasLayer reshape() throws ModelFileException {
    JsonNode target = config.raw("target_shape");
    List<Integer> sizes = new ArrayList<>();
    long known = 1;
    for (JsonNode size : target) {
      sizes.add(size.asInt());
      known *= size.asInt() == -1 ? 1 : size.asInt();
      if (!size.canConvertToInt() || known < 1 || known > input.elements()) {
        throw misfit(target);
      }
    }
    int open = sizes.indexOf(-1);
    if (open >= 0) {
      sizes.set(open, Math.toIntExact(input.elements() / known));
    }
    TensorShape shape = new TensorShape(sizes);
    if (sizes.isEmpty() || sizes.contains(-1) || shape.elements() != input.elements()) {
      throw misfit(target);
    }
    return new ShapeLayer.Reshape(config.path(), shape);
  }

  private BrokenModelException misfit(JsonNode target) {
    return config
        .place()
        .attribute("target_shape")
        .broken("%s does not hold the values of %s".formatted(target, input));
  }

  KerasLayer permute() throws ModelFileException {
    JsonNode dims = config.raw("dims");
    List<Integer> axes = new ArrayList<>();
    for (JsonNode axis : dims) {
      axes.add(axis.asInt() - 1);
      if (axis.asInt() < 1 || axis.asInt() > input.rank()) {
        throw config.place().attribute("dims").broken(dims + " are no axes of " + input);
      }
    }
    if (axes.size() != input.rank() || new HashSet<>(axes).size() != axes.size()) {
      throw config.place().attribute("dims").broken(dims + " is no order of the axes of " + input);
    }
    return new ShapeLayer.Permute(config.path(), axes);
  }

  KerasLayer zeroPadding(int axes) throws ModelFileException {
    config.requireRank(input, axes + 1);
    return new ShapeLayer.ZeroPadding2D(config.path(), margins("padding", axes));
  }

  KerasLayer cropping(int axes) throws ModelFileException {
    config.requireRank(input, axes + 1);
    return new ShapeLayer.Cropping2D(config.path(), margins("cropping", axes));
  }

  KerasLayer upSampling(int axes) throws ModelFileException {
    config.requireRank(input, axes + 1);
    String interpolation = config.raw("interpolation").asText("nearest");
    if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
      throw config
          .place()
          .attribute("interpolation")
          .unsupported("'" + interpolation + "'; known: nearest, bilinear");
    }
    return new ShapeLayer.UpSampling2D(
        config.path(), config.extent("size", axes), interpolation.equals("bilinear"));
  }

  /** One number for all sides, one for each axis, or two for each axis. */
  private Margins margins(String key, int axes) throws ModelFileException {
    JsonNode value = config.raw(key);
    if (axes == 1) {
      return new Margins(0, 0, side(key, value, 0), side(key, value, 1));
    }
    JsonNode rows = value.isArray() ? value.path(0) : value;
    JsonNode columns = value.isArray() ? value.path(1) : value;
    return new Margins(
        side(key, rows, 0), side(key, rows, 1), side(key, columns, 0), side(key, columns, 1));
  }

  private int side(String key, JsonNode value, int index) throws ModelFileException {
    JsonNode side = value.isArray() ? value.path(index) : value;
    if (!side.isIntegralNumber() || !side.canConvertToInt() || side.asInt() < 0) {
      throw config
          .place()
          .attribute(key)
          .broken("needs whole numbers of 0 or more, has " + config.raw(key));
    }
    return side.asInt();
  }
}
