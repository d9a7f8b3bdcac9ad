package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.Margins;
import dev.tutti.worker.keras.layer.ShapeLayer;
import dev.tutti.worker.keras.layer.TensorShape;
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
    config.attributes().requireChannelsLast();
    return new KerasLayer.Flatten(config.path());
  }

  KerasLayer reshape() throws ModelFileException {
    JsonNode target = config.attributes().raw("target_shape");
    List<Integer> sizes = new ArrayList<>(config.attributes().integers("target_shape"));
    long known = 1;
    for (int size : sizes) {
      known *= size == -1 ? 1 : size;
      if (known < 1 || known > input.elements()) {
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
    JsonNode dims = config.attributes().raw("dims");
    List<Integer> axes = new ArrayList<>();
    for (int axis : config.attributes().integers("dims")) {
      axes.add(axis - 1);
      if (axis < 1 || axis > input.rank()) {
        throw config.attributes().broken("dims", "needs axes of " + input);
      }
    }
    if (axes.size() != input.rank() || new HashSet<>(axes).size() != axes.size()) {
      throw config
          .place()
          .attribute("dims")
          .broken(dims + " is not an order of the axes of " + input);
    }
    return new ShapeLayer.Permute(config.path(), axes);
  }

  KerasLayer zeroPadding(int axes) throws ModelFileException {
    config.attributes().requireRank(input, axes + 1);
    return new ShapeLayer.ZeroPadding2D(config.path(), margins("padding", axes));
  }

  KerasLayer cropping(int axes) throws ModelFileException {
    config.attributes().requireRank(input, axes + 1);
    return new ShapeLayer.Cropping2D(config.path(), margins("cropping", axes));
  }

  KerasLayer upSampling(int axes) throws ModelFileException {
    config.attributes().requireRank(input, axes + 1);
    String interpolation =
        config.attributes().word("interpolation", List.of("nearest", "bilinear"));
    return new ShapeLayer.UpSampling2D(
        config.path(), config.attributes().extent("size", axes), interpolation.equals("bilinear"));
  }

  /** One number for all sides, one for each axis, or two for each axis. */
  private Margins margins(String key, int axes) throws ModelFileException {
    JsonNode value = config.attributes().raw(key);
    if (axes == 1) {
      return new Margins(0, 0, side(key, value, 0), side(key, value, 1));
    }
    if (value.isArray() && value.size() != 2) {
      throw config.attributes().broken(key, "needs one number or two pairs");
    }
    JsonNode rows = value.isArray() ? value.path(0) : value;
    JsonNode columns = value.isArray() ? value.path(1) : value;
    return new Margins(
        side(key, rows, 0), side(key, rows, 1), side(key, columns, 0), side(key, columns, 1));
  }

  private int side(String key, JsonNode value, int index) throws ModelFileException {
    JsonNode side = value.isArray() ? value.path(index) : value;
    boolean pair = !value.isArray() || value.size() == 2;
    if (!pair || !side.isIntegralNumber() || !side.canConvertToInt() || side.asInt() < 0) {
      throw config.attributes().broken(key, "needs whole numbers of 0 or more, one or pairs");
    }
    return side.asInt();
  }
}
