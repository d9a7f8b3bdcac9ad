package dev.tutti.worker.bank.input;

import dev.tutti.worker.graph.GraphStft;
import dev.tutti.worker.graph.NativeBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Makes rows of one kind into float32 spectrograms. A graph of its own before that of the models:
 * whoever sends float32 pays nothing for it and gets the same bits as without it.
 */
final class InputGraph implements AutoCloseable {
  private static final float FULL_SCALE = 32768;

  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf = Ops.create(graph);
  private final Operand<? extends TType> rows;
  private final Operand<TFloat32> scales;
  private final Operand<TFloat32> offsets;
  private final Operand<TFloat32> decibels;

  InputGraph(InputKind kind, BankInput input, ConfigProto device) {
    session = new Session(graph, device);
    Shape any = Shape.of(Shape.UNKNOWN_SIZE);
    rows = tf.placeholder(type(kind), Placeholder.shape(shape(kind, input, Shape.UNKNOWN_SIZE)));
    scales = tf.placeholder(TFloat32.class, Placeholder.shape(any));
    offsets = tf.placeholder(TFloat32.class, Placeholder.shape(any));
    decibels =
        switch (kind) {
          case DECIBELS_FLOAT32, DECIBELS_FLOAT16 -> floats(rows);
          case DECIBELS_UINT8 ->
              tf.math.add(tf.math.mul(floats(rows), eachRow(scales)), eachRow(offsets));
          case AUDIO_FLOAT32 -> spectrogram(floats(rows), input);
          case AUDIO_INT16 ->
              spectrogram(tf.math.mul(integers(rows), tf.constant(1 / FULL_SCALE)), input);
        };
  }

  /** A tensor for rows of a kind; what it holds is not defined. */
  static Tensor rows(InputKind kind, BankInput input, int size) {
    return Tensor.of(type(kind), shape(kind, input, size));
  }

  /**
   * The spectrograms, [a batch size, bins, frames, 1].
   *
   * @param batch [a batch size, …]
   * @param quantizations of the first rows
   */
  Result run(Tensor batch, List<Quantization> quantizations) {
    Session.Runner run = session.runner().feed(rows, batch).fetch(decibels);
    if (quantizations.isEmpty()) {
      return run.run();
    }
    long size = batch.shape().get(0);
    try (TFloat32 scale = numbers(size, quantizations, Quantization::scale);
        TFloat32 offset = numbers(size, quantizations, Quantization::offset)) {
      return run.feed(scales, scale).feed(offsets, offset).run();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private static TFloat32 numbers(
      long size, List<Quantization> quantizations, ToDoubleFunction<Quantization> number) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(size));
    FloatBuffer values = NativeBuffer.of(tensor).asFloatBuffer();
    quantizations.forEach(each -> values.put((float) number.applyAsDouble(each)));
    while (values.hasRemaining()) {
      values.put(0);
    }
    return tensor;
  }

  /** TensorFlow for Java has no int16, so its bytes are given. */
  private static Class<? extends TType> type(InputKind kind) {
    return switch (kind) {
      case DECIBELS_FLOAT32, AUDIO_FLOAT32 -> TFloat32.class;
      case DECIBELS_FLOAT16 -> TFloat16.class;
      case DECIBELS_UINT8, AUDIO_INT16 -> TUint8.class;
    };
  }

  private static Shape shape(InputKind kind, BankInput input, long size) {
    return switch (kind) {
      case DECIBELS_FLOAT32, DECIBELS_FLOAT16, DECIBELS_UINT8 ->
          Shape.of(size, input.bins(), input.frames(), 1);
      case AUDIO_FLOAT32 -> Shape.of(size, input.samples());
      case AUDIO_INT16 -> Shape.of(size, input.samples(), Short.BYTES);
    };
  }

  private Operand<TFloat32> spectrogram(Operand<TFloat32> audio, BankInput input) {
    return new GraphStft(tf, input.stft(), input.samples()).decibels(audio);
  }

  private Operand<TFloat32> floats(Operand<? extends TType> values) {
    return tf.dtypes.cast(values, TFloat32.class);
  }

  /** Pairs of bytes along the last axis as little-endian integers. */
  private Operand<TFloat32> integers(Operand<? extends TType> pairs) {
    return tf.scope()
        .opBuilder("Cast", "Samples")
        .addInput(
            tf.scope()
                .opBuilder("Bitcast", "Integers")
                .addInput(pairs.asOutput())
                .setAttr("type", DataType.DT_INT16)
                .build()
                .output(0))
        .setAttr("DstT", DataType.DT_FLOAT)
        .build()
        .<TFloat32>output(0);
  }

  private Operand<TFloat32> eachRow(Operand<TFloat32> numbers) {
    return tf.reshape(numbers, tf.constant(new int[] {-1, 1, 1, 1}));
  }
}
