package dev.tutti.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tutti.core.content.PackedFloats;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.error.ClientText;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.v1.DataType;
import dev.tutti.v1.Quantization;
import dev.tutti.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Packed tensors to and from spectrograms. */
final class TensorMapper {
  private TensorMapper() {}

  static Tensor toProto(Spectrogram spectrogram) {
    return Tensor.newBuilder()
        .setData(UnsafeByteOperations.unsafeWrap(spectrogram.toLittleEndian()))
        .addShape(spectrogram.bins())
        .addShape(spectrogram.frames())
        .setDtype(DataType.DATA_TYPE_FLOAT32)
        .build();
  }

  /** Shape and size are checked before anything is allocated. */
  static Spectrogram spectrogram(String field, Tensor tensor, Bank bank) {
    checkShape(field, tensor.getShapeList(), bank);
    int count = bank.bins() * bank.frames();
    int width = width(field, tensor.getDtype());
    ByteString data = tensor.getData();
    if (data.size() != (long) count * width) {
      throw new InvalidInputException(
          field + ".data",
          "There are "
              + data.size()
              + " bytes; the shape "
              + shown(tensor.getShapeList())
              + " of "
              + tensor.getDtype()
              + " takes exactly "
              + (long) count * width
              + ".");
    }
    float[] values = values(field, tensor, count);
    try {
      return Spectrogram.of(bank.bins(), bank.frames(), values);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(field + ".data", e.getMessage(), e);
    }
  }

  private static void checkShape(String field, List<Long> shape, Bank bank) {
    boolean trailing = shape.size() == 3 && shape.get(2) == 1;
    List<Long> plane = trailing ? shape.subList(0, 2) : shape;
    if (!plane.equals(List.of((long) bank.bins(), (long) bank.frames()))) {
      throw new InvalidInputException(
          field + ".shape",
          "The shape is "
              + shown(shape)
              + "; the models of bank '"
              + bank.name()
              + "' take exactly ["
              + bank.bins()
              + ", "
              + bank.frames()
              + "] (frequency bins x frames).");
    }
  }

  /** However many dimensions a client makes up. */
  private static String shown(List<Long> shape) {
    return ClientText.printable(shape.toString(), ClientText.MAX_NAME);
  }

  private static int width(String field, DataType dtype) {
    return switch (dtype) {
      case DATA_TYPE_FLOAT32 -> Float.BYTES;
      case DATA_TYPE_FLOAT16 -> Short.BYTES;
      case DATA_TYPE_UINT8 -> Byte.BYTES;
      default ->
          throw new InvalidInputException(
              field + ".dtype",
              "The type is "
                  + InputMapper.name(dtype)
                  + "; accepted are DATA_TYPE_FLOAT32, DATA_TYPE_FLOAT16 and DATA_TYPE_UINT8.");
    };
  }

  private static float[] values(String field, Tensor tensor, int count) {
    ByteBuffer bytes = tensor.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (tensor.getDtype() == DataType.DATA_TYPE_FLOAT32) {
      return PackedFloats.unpack(bytes);
    }
    float[] values = new float[count];
    switch (tensor.getDtype()) {
      case DATA_TYPE_FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          values[i] = halfToFloat(bytes.getShort(i * Short.BYTES));
        }
      }
      default -> {
        Quantization quantization = tensor.getQuantization();
        checkQuantization(field + ".quantization", quantization);
        for (int i = 0; i < count; i++) {
          values[i] =
              quantization.getScale() * Byte.toUnsignedInt(bytes.get(i)) + quantization.getOffset();
        }
      }
    }
    return values;
  }

  private static void checkQuantization(String field, Quantization quantization) {
    float scale = quantization.getScale();
    if (!(scale > 0) || Float.isInfinite(scale) || !Float.isFinite(quantization.getOffset())) {
      throw new InvalidInputException(
          field,
          "Scale is "
              + scale
              + " and offset "
              + quantization.getOffset()
              + "; accepted are a positive finite scale and a finite offset.");
    }
  }

  /** IEEE 754 binary16 to binary32; {@code Float.float16ToFloat} came with Java 20. */
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int bits = exponent == 0x1f ? 0x7f800000 : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | bits | (fraction << 13));
  }
}
