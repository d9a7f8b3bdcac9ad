package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.bank.input.InputKind;
import dev.tutti.worker.bank.input.InputRows;
import dev.tutti.worker.bank.input.InvalidBatchException;
import dev.tutti.worker.bank.input.Quantization;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.NpyFile;
import dev.tutti.worker.golden.SameBits;
import dev.tutti.worker.graph.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat16;

/** Every kind of rows, on two models of the real input size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputKindsTest {
  private static final int ROW_BYTES = 1025 * 126 * Float.BYTES;

  /** Rounding to 1/16 dB. */
  private static final float FLOAT16_TOLERANCE = 1e-3f;

  /** Rounding to a 255th of 80 dB. */
  private static final float UINT8_TOLERANCE = 5e-3f;

  /** A spectrogram in float32 arithmetic, 0.01 dB off at most. */
  private static final float AUDIO_TOLERANCE = 1e-4f;

  private ModelBank bank;
  private ByteBuffer decibels;
  private float[] audio;
  private float[] expected;

  @BeforeAll
  void load() throws IOException {
    bank = SmallBank.load(Golden.path("set1025x126"), 2);
    decibels = row("note_int16_4s");
    audio = NpyFile.read(Golden.path("stft/note_int16_4s.audio.npy")).floats();
    expected = bank.infer(List.of(decibels)).probabilities();
  }

  @AfterAll
  void close() {
    bank.close();
  }

  @Test
  void allKindsAreTakenWhereTheTransformGivesWhatTheModelsLookAt() throws IOException {
    assertEquals(List.of(InputKind.values()), bank.description().input().kinds());
    try (ModelBank small = SmallBank.load()) {
      assertEquals(
          List.of(InputKind.DECIBELS_FLOAT32, InputKind.DECIBELS_FLOAT16, InputKind.DECIBELS_UINT8),
          small.description().input().kinds());
      InputRows rows = InputRows.of(InputKind.AUDIO_INT16, List.of(ByteBuffer.allocate(4)));
      InvalidBatchException refusal =
          assertThrows(InvalidBatchException.class, () -> small.infer(rows));
      assertEquals(
          "this bank takes no audio: its models look at 65 frequency bins, and its STFT gives 1025",
          refusal.getMessage());
    }
  }

  @Test
  void float16() throws IOException {
    assertAnswers(
        FLOAT16_TOLERANCE,
        InputKind.DECIBELS_FLOAT16,
        float16(decibels),
        float16(row("overlay_2")));
  }

  @Test
  void uint8() {
    Quantization quantization = new Quantization(80f / 255, highest() - 80);
    ByteBuffer bytes = ByteBuffer.allocate(ROW_BYTES / Float.BYTES);
    for (FloatBuffer values = floats(decibels); values.hasRemaining(); ) {
      float steps = (values.get() - quantization.offset()) / quantization.scale();
      bytes.put((byte) Math.round(steps));
    }
    InputRows three =
        new InputRows(
            InputKind.DECIBELS_UINT8,
            Collections.nCopies(3, bytes.flip()),
            List.of(quantization, new Quantization(1, 0), quantization));
    float[] answer = bank.infer(three).probabilities();
    assertArrayEquals(expected, Arrays.copyOf(answer, 2), UINT8_TOLERANCE);
    assertArrayEquals(Arrays.copyOf(answer, 2), Arrays.copyOfRange(answer, 4, 6));
  }

  @Test
  void audioInFloat32() {
    ByteBuffer row = littleEndian(audio.length * Float.BYTES);
    row.asFloatBuffer().put(audio);
    assertAnswers(
        AUDIO_TOLERANCE,
        InputKind.AUDIO_FLOAT32,
        row,
        ByteBuffer.allocate(audio.length * Float.BYTES));
  }

  @Test
  void audioInInt16() {
    ByteBuffer row = littleEndian(audio.length * Short.BYTES);
    for (float sample : audio) {
      row.putShort((short) (sample * 32768));
    }
    assertAnswers(
        AUDIO_TOLERANCE,
        InputKind.AUDIO_INT16,
        row.flip(),
        ByteBuffer.allocate(audio.length * Short.BYTES));
  }

  @Test
  void wrongLengthsAreRefused() {
    assertRefused(
        "row 0 has 8 bytes; 1025 x 126 float16 are 258300", rows(InputKind.DECIBELS_FLOAT16));
    assertRefused(
        "row 0 has 8 bytes; 1025 x 126 uint8 are 129150",
        new InputRows(
            InputKind.DECIBELS_UINT8,
            List.of(ByteBuffer.allocate(8)),
            List.of(new Quantization(1, 0))));
    assertRefused(
        "row 0 has 8 bytes; 64000 samples of float32 are 256000", rows(InputKind.AUDIO_FLOAT32));
    assertRefused(
        "row 0 has 8 bytes; 64000 samples of int16 are 128000", rows(InputKind.AUDIO_INT16));
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    ByteBuffer half = littleEndian(ROW_BYTES / 2).putShort(6, (short) 0xfc00);
    assertRefused(
        "row 1 has the float16 0xfc00 at index 3; decibels are finite",
        InputRows.of(InputKind.DECIBELS_FLOAT16, List.of(float16(decibels), half)));
    ByteBuffer samples = littleEndian(256_000).putFloat(255_996, Float.NaN);
    assertRefused(
        "row 0 has NaN at index 63999; samples are finite and below 2^48",
        InputRows.of(InputKind.AUDIO_FLOAT32, List.of(samples)));
  }

  @Test
  void quantizationsBelongToBytesAlone() {
    ByteBuffer bytes = ByteBuffer.allocate(129_150);
    assertRefused("2 rows of uint8 have 1 quantizations; 2 are wanted", quantized(bytes, 1, 0, 2));
    assertRefused("row 0 has the quantization scale 0.0; scales are", quantized(bytes, 0, 0, 1));
    assertRefused(
        "row 0 has the quantization scale NaN; scales are", quantized(bytes, Float.NaN, 0, 1));
    assertRefused(
        "scale 1.0 and offset Infinity; all", quantized(bytes, 1, Float.POSITIVE_INFINITY, 1));
    assertRefused("scale 3.0E38 and offset 0.0; all", quantized(bytes, 3e38f, 0, 1));
    assertRefused(
        "1 rows of float32 have 1 quantizations; 0 are wanted",
        new InputRows(
            InputKind.DECIBELS_FLOAT32, List.of(decibels), List.of(new Quantization(1, 0))));
  }

  /** The first row's answer is near the expected one, and the same alone and in every batch. */
  private void assertAnswers(float tolerance, InputKind kind, ByteBuffer row, ByteBuffer other) {
    float[] alone = bank.infer(InputRows.of(kind, List.of(row))).probabilities();
    assertArrayEquals(expected, alone, tolerance);
    float[] five =
        bank.infer(InputRows.of(kind, List.of(other, other, other, other, row))).probabilities();
    SameBits.check(alone, Arrays.copyOfRange(five, 8, 10), "last of five");
    float[] two = bank.infer(InputRows.of(kind, List.of(row, other))).probabilities();
    SameBits.check(alone, Arrays.copyOf(two, 2), "first of two");
    assertArrayEquals(expected, bank.infer(List.of(decibels)).probabilities(), "float32 as before");
  }

  private void assertRefused(String reason, InputRows rows) {
    InvalidBatchException refusal =
        assertThrows(InvalidBatchException.class, () -> bank.infer(rows));
    assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
  }

  private static InputRows rows(InputKind kind) {
    return InputRows.of(kind, List.of(ByteBuffer.allocate(8)));
  }

  private static InputRows quantized(ByteBuffer row, float scale, float offset, int rows) {
    return new InputRows(
        InputKind.DECIBELS_UINT8,
        Collections.nCopies(rows, row),
        List.of(new Quantization(scale, offset)));
  }

  private static ByteBuffer row(String name) throws IOException {
    return NpyFile.read(Golden.path("set1025x126/" + name + ".db.npy")).rows(ROW_BYTES).get(0);
  }

  private float highest() {
    float highest = Float.NEGATIVE_INFINITY;
    for (FloatBuffer values = floats(decibels); values.hasRemaining(); ) {
      highest = Math.max(highest, values.get());
    }
    return highest;
  }

  private static ByteBuffer float16(ByteBuffer row) {
    FloatBuffer values = floats(row);
    ByteBuffer halves = littleEndian(values.remaining() * Short.BYTES);
    try (TFloat16 tensor = TFloat16.tensorOf(Shape.of(values.remaining()))) {
      for (long i = 0; values.hasRemaining(); i++) {
        tensor.setFloat(values.get(), i);
      }
      halves.put(NativeBuffer.of(tensor));
    }
    return halves.flip();
  }

  private static FloatBuffer floats(ByteBuffer row) {
    return row.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
