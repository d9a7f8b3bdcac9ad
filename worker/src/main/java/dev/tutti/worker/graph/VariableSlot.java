package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.proto.DataType;

/**
 * A variable that waits for its numbers.
 *
 * @param value what it is assigned from
 * @param tensor that is fed there
 */
record VariableSlot(
    WeightTensor weight,
    WeightReader reader,
    Operand<?> value,
    Tensor tensor,
    AssignVariableOp assign) {
  void read() throws ModelFileException {
    read(reader, weight, tensor);
  }

  /** Brings the numbers of a weight into a tensor of float32 or bfloat16. */
  static void read(WeightReader reader, WeightTensor weight, Tensor tensor)
      throws ModelFileException {
    ByteBuffer target = NativeBuffer.of(tensor);
    if (tensor.dataType() == DataType.DT_BFLOAT16) {
      reader.read(weight, piece -> round(piece, target));
    } else {
      reader.read(weight, piece -> target.put(piece.duplicate()));
    }
  }

  /** To the nearest bfloat16, halfway to the even one: the upper half of the float32's bits. */
  private static void round(ByteBuffer piece, ByteBuffer target) {
    ByteBuffer floats = piece.slice().order(ByteOrder.LITTLE_ENDIAN);
    int at = target.position();
    int count = floats.limit() / Float.BYTES;
    for (int i = 0; i < count; i++) {
      int bits = floats.getInt(i * Float.BYTES);
      int rounded = bits + 0x7fff + (bits >>> 16 & 1);
      target.putShort(at + i * Short.BYTES, (short) (rounded >>> 16));
    }
    target.position(at + count * Short.BYTES);
  }
}
