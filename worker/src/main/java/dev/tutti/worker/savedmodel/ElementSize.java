package dev.tutti.worker.savedmodel;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/** How much memory a declared tensor would take. */
final class ElementSize {
  /** The square of it is a long. */
  private static final long MOST = 1L << 31;

  private ElementSize() {}

  /**
   * In bytes; of strings a lower bound.
   *
   * @throws ModelFileException if the shape is not known in full, or beyond all measure
   */
  static long bytes(DataType type, TensorShapeProto shape, Place place) throws ModelFileException {
    return elements(shape, place) * of(type, place);
  }

  /** How many numbers a tensor has; at most 2^31. */
  static long elements(TensorShapeProto shape, Place place) throws ModelFileException {
    if (shape.getUnknownRank()) {
      throw place.broken("has no shape");
    }
    long elements = 1;
    for (TensorShapeProto.Dim dim : shape.getDimList()) {
      long size = dim.getSize();
      if (size < 0 || size > MOST || elements * size > MOST) {
        throw place.broken("has a dimension of " + size + "; no memory holds that");
      }
      elements *= size;
    }
    return elements;
  }

  private static long of(DataType type, Place place) throws ModelFileException {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8, DT_STRING -> 1;
      case DT_BFLOAT16, DT_HALF, DT_INT16, DT_UINT16 -> 2;
      case DT_FLOAT, DT_INT32, DT_UINT32 -> 4;
      case DT_DOUBLE, DT_INT64, DT_UINT64 -> 8;
      default -> throw place.unsupported("has the type " + type);
    };
  }
}
