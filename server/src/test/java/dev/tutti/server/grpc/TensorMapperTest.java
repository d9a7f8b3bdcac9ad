package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.v1.DataType;
import dev.tutti.v1.Quantization;
import dev.tutti.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorMapperTest {
  private static final Bank BANK = TestBank.BANK;
  private static final int COUNT = BANK.bins() * BANK.frames();

  @Test
  void float32IsTakenBitForBitAndGivenBackSo() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * COUNT).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < COUNT; i++) {
      bytes.putFloat(i / 3f - 80);
    }
    Tensor tensor = tensor(DataType.DATA_TYPE_FLOAT32, bytes).build();
    float[] values = TensorMapper.spectrogram("s", tensor, BANK).values();
    assertEquals(1 / 3f - 80, values[1]);
    assertEquals(tensor, TensorMapper.toProto(TensorMapper.spectrogram("s", tensor, BANK)));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0.0",
    "0x3c00, 1",
    "0xc000, -2",
    "0x3555, 0.333251953125",
    "0xd500, -80",
    "0x7bff, 65504",
    "0x0400, 6.103515625e-5",
    "0x03ff, 6.097555160522461e-5",
    "0x0001, 5.9604644775390625e-8",
    "0x8001, -5.9604644775390625e-8"
  })
  void float16IsExact(String bits, float expected) {
    float[] values = halves(Integer.decode(bits));
    assertEquals(expected, values[0]);
    assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(values[COUNT - 1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x7c00", "0xfc00", "0x7e00", "0x7c01"})
  void float16InfinitiesAndNansAreRefused(String bits) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> halves(Integer.decode(bits)));
    assertEquals("s.data", refusal.field());
    assertTrue(refusal.getMessage().contains("finite"), refusal.getMessage());
  }

  @Test
  void bytesAreUnsignedScaledAndShifted() {
    byte[] bytes = new byte[COUNT];
    bytes[1] = 1;
    bytes[2] = (byte) 255;
    Tensor tensor = bytes(bytes, 0.25f, -80).build();
    float[] values = TensorMapper.spectrogram("s", tensor, BANK).values();
    assertArrayEquals(new float[] {-80, -79.75f, -16.25f}, Arrays.copyOf(values, 3));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "NaN, 0", "Infinity, 0", "1, NaN", "1, -Infinity"})
  void quantizationMustBeUsable(float scale, float offset) {
    Tensor tensor = bytes(new byte[COUNT], scale, offset).build();
    assertEquals("s.quantization", refusal(tensor).field());
  }

  @Test
  void quantizedBytesMayNotOverflow() {
    byte[] bytes = new byte[COUNT];
    bytes[7] = (byte) 255;
    assertEquals("s.data", refusal(bytes(bytes, Float.MAX_VALUE, 0).build()).field());
  }

  @Test
  void aTrailingAxisOfOneIsAccepted() {
    Tensor.Builder tensor = zeros().addShape(1);
    assertEquals(COUNT, TensorMapper.spectrogram("s", tensor.build(), BANK).values().length);
  }

  @Test
  void anotherShapeIsRefusedBeforeTheDataIsLookedAt() {
    for (List<Long> shape :
        List.of(
            List.<Long>of(),
            List.of(55L),
            List.of(11L, 5L),
            List.of(5L, 11L, 2L),
            List.of(Long.MAX_VALUE, 11L),
            List.of(-5L, -11L))) {
      Tensor tensor = zeros().clearShape().addAllShape(shape).clearData().build();
      InvalidInputException refusal = refusal(tensor);
      assertEquals("s.shape", refusal.field());
      assertTrue(refusal.getMessage().contains("exactly [5, 11]"), refusal.getMessage());
    }
  }

  @Test
  void moreOrFewerBytesThanTheShapeTakesAreRefused() {
    for (int size : new int[] {0, 4 * COUNT - 1, 4 * COUNT + 4}) {
      InvalidInputException refusal =
          refusal(zeros().setData(ByteString.copyFrom(new byte[size])).build());
      assertEquals("s.data", refusal.field());
      assertTrue(
          refusal.getMessage().contains(size + " bytes")
              && refusal.getMessage().contains("exactly 220"),
          refusal.getMessage());
    }
  }

  @Test
  void otherTypesAreRefused() {
    for (DataType type : List.of(DataType.DATA_TYPE_UNSPECIFIED, DataType.DATA_TYPE_INT16)) {
      assertEquals("s.dtype", refusal(zeros().setDtype(type).build()).field());
    }
    InvalidInputException unknown = refusal(zeros().setDtypeValue(99).build());
    assertTrue(unknown.getMessage().contains("DATA_TYPE_FLOAT16"), unknown.getMessage());
  }

  private static InvalidInputException refusal(Tensor tensor) {
    return assertThrows(
        InvalidInputException.class, () -> TensorMapper.spectrogram("s", tensor, BANK));
  }

  private static float[] halves(int bits) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * COUNT).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putShort((short) bits);
    }
    Tensor tensor = tensor(DataType.DATA_TYPE_FLOAT16, bytes).build();
    return TensorMapper.spectrogram("s", tensor, BANK).values();
  }

  private static Tensor.Builder bytes(byte[] bytes, float scale, float offset) {
    return tensor(DataType.DATA_TYPE_UINT8, ByteBuffer.wrap(bytes).position(bytes.length))
        .setQuantization(Quantization.newBuilder().setScale(scale).setOffset(offset));
  }

  private static Tensor.Builder zeros() {
    return tensor(DataType.DATA_TYPE_FLOAT32, ByteBuffer.allocate(4 * COUNT).position(4 * COUNT));
  }

  private static Tensor.Builder tensor(DataType type, ByteBuffer written) {
    return Tensor.newBuilder()
        .setDtype(type)
        .addShape(BANK.bins())
        .addShape(BANK.frames())
        .setData(ByteString.copyFrom(written.flip()));
  }
}
