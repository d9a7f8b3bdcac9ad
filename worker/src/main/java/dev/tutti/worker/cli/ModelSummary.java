package dev.tutti.worker.cli;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.LayerCost;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.read.KerasModelFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model file holds, for people and programs.
 *
 * @param file where it lies
 * @param input the shape of one sample
 * @param output the shape of one answer
 * @param parameters numbers in the model, batch-norm statistics included
 * @param flops floating-point operations for one sample
 * @param digest of the layers and their numbers; not of the bytes of the file
 * @param layers in the order in which they run
 */
record ModelSummary(
    String file,
    List<Integer> input,
    List<Integer> output,
    long parameters,
    long flops,
    String digest,
    List<Layer> layers) {
  private static final int CHUNK = 1 << 14;

  /** One call of a layer. */
  record Layer(
      String name,
      String kind,
      List<String> inputs,
      List<Integer> output,
      long parameters,
      long flops) {}

  /** Reads all of a file, so that every number in it is checked. */
  static ModelSummary of(Path path) throws ModelFileException {
    try (KerasModelFile file = KerasModelFile.open(path)) {
      KerasModel model = file.model();
      return new ModelSummary(
          path.toString(),
          model.input().sizes(),
          model.output().sizes(),
          model.parameters(),
          LayerCost.flops(model),
          digest(file).hex(),
          layers(model));
    }
  }

  private static List<Layer> layers(KerasModel model) {
    List<Layer> layers = new ArrayList<>();
    Map<String, TensorShape> shapes = new HashMap<>();
    for (KerasNode node : model.nodes()) {
      List<TensorShape> inputs = node.inputs().stream().map(shapes::get).toList();
      shapes.put(node.name(), node.output());
      layers.add(
          new Layer(
              node.name(),
              kind(node.layer(), inputs),
              node.inputs(),
              node.output().sizes(),
              parameters(node.layer()),
              LayerCost.flops(node, inputs)));
    }
    return layers;
  }

  private static String kind(KerasLayer layer, List<TensorShape> inputs) {
    // Layers over sequences are those over images of one row; they are shown as they were written.
    String kind = layer.getClass().getSimpleName();
    boolean sequence = !inputs.isEmpty() && inputs.get(0).rank() == 2;
    return sequence ? kind.replaceFirst("2D$", "1D") : kind;
  }

  private static long parameters(KerasLayer layer) {
    return layer.weights().stream().mapToLong(weight -> weight.shape().elements()).sum();
  }

  private static ContentDigest digest(KerasModelFile file) throws ModelFileException {
    ContentDigest.Builder digest = ContentDigest.builder().add(file.model().nodes().toString());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (WeightTensor weight : file.model().weights()) {
      FloatBuffer numbers = file.read(weight);
      while (numbers.hasRemaining()) {
        chunk.clear();
        while (chunk.hasRemaining() && numbers.hasRemaining()) {
          chunk.putFloat(numbers.get());
        }
        digest.add(chunk.flip());
      }
    }
    return digest.build();
  }
}
