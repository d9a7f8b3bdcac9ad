package dev.tutti.worker.bench;

import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.graph.NativeBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The convolutions of a full-size model beside a plain matrix product. */
final class KernelRates implements AutoCloseable {
  private static final int SIDE = 2048;
  private static final int BATCH = 8;

  private final Graph graph = new Graph();
  private final Session session;
  private final Run product;
  private final List<Run> convolutions;

  /** One operation with its input. */
  private record Run(
      Operand<TFloat32> input, TFloat32 value, Operand<TFloat32> sum, double flops) {}

  KernelRates(DeviceConfig device) {
    session = new Session(graph, device.sessionConfig());
    Ops tf = Ops.create(graph);
    product = product(tf);
    convolutions = List.of(convolution(tf, 512, 63, 32, 64), convolution(tf, 256, 31, 64, 128));
    product();
    convolutions();
  }

  /** GFLOP a CPU second of a 2048 x 2048 x 2048 float32 product. */
  double product() {
    return rate(List.of(product, product));
  }

  /** GFLOP a CPU second of the second and third convolution at batch size 8. */
  double convolutions() {
    return rate(convolutions);
  }

  private double rate(List<Run> runs) {
    double flops = runs.stream().mapToDouble(Run::flops).sum();
    double millis =
        CpuClock.millis(
            () ->
                runs.forEach(
                    run ->
                        session
                            .runner()
                            .feed(run.input(), run.value())
                            .addTarget(run.sum().op())
                            .run()
                            .close()));
    return flops / millis / 1e6;
  }

  private static Run product(Ops tf) {
    Shape shape = Shape.of(SIDE, SIDE);
    Operand<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    TFloat32 value = random(shape);
    return new Run(input, value, tf.linalg.matMul(input, input), 2.0 * SIDE * SIDE * SIDE);
  }

  private static Run convolution(Ops tf, int height, int width, int channels, int filters) {
    Shape shape = Shape.of(BATCH, height, width, channels);
    Operand<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    try (TFloat32 kernel = random(Shape.of(3, 3, channels, filters))) {
      Operand<TFloat32> sum =
          tf.nn.conv2d(input, tf.constantOf(kernel), List.of(1L, 1L, 1L, 1L), "SAME");
      double flops = 2.0 * 9 * channels * filters * height * width * BATCH;
      return new Run(input, random(shape), sum, flops);
    }
  }

  private static TFloat32 random(Shape shape) {
    TFloat32 tensor = TFloat32.tensorOf(shape);
    FloatBuffer numbers = NativeBuffer.of(tensor).asFloatBuffer();
    SplittableRandom random = new SplittableRandom(1);
    while (numbers.hasRemaining()) {
      numbers.put((float) random.nextDouble());
    }
    return tensor;
  }

  @Override
  public void close() {
    product.value().close();
    convolutions.forEach(run -> run.value().close());
    session.close();
    graph.close();
  }
}
