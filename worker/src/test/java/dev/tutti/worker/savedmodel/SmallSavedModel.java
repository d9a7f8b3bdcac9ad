package dev.tutti.worker.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;

/** A SavedModel written by TensorFlow: sigmoid(scale * mean of a 65 x 30 spectrogram + shift). */
public final class SmallSavedModel {
  /** The variable factor. */
  public static final float SCALE = 0.03f;

  /** The constant summand. */
  public static final float SHIFT = 1;

  private SmallSavedModel() {}

  /** Writes it into a folder. */
  public static void write(Path folder) throws IOException {
    write(folder, SCALE);
  }

  /** Writes it with another factor. */
  public static void write(Path folder, float factor) throws IOException {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input =
          tf.placeholder(
              TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 65, 30, 1)));
      Variable<TFloat32> scale = tf.variable(Shape.of(1, 1), TFloat32.class);
      Operand<TFloat32> initial = tf.constant(new float[][] {{factor}});
      session.runner().addTarget(tf.assign(scale, initial)).run().close();
      Operand<TFloat32> mean = tf.math.mean(input, tf.constant(new int[] {1, 2}));
      Operand<TFloat32> logit =
          tf.math.add(tf.linalg.matMul(mean, scale), tf.constant(new float[] {SHIFT}));
      Signature signature =
          Signature.builder()
              .input("spectrogram", input)
              .output("p", tf.math.sigmoid(logit))
              .build();
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withSignature(signature)
          .export();
    }
  }

  /** Rewrites the only graph of a SavedModel. */
  static void edit(Path folder, UnaryOperator<MetaGraphDef> change) throws IOException {
    Path file = folder.resolve("saved_model.pb");
    SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
    List<MetaGraphDef> graphs = model.getMetaGraphsList().stream().map(change).toList();
    Files.write(
        file, model.toBuilder().clearMetaGraphs().addAllMetaGraphs(graphs).build().toByteArray());
  }

  /** Rewrites the kind of all operations of a kind. */
  static void replace(Path folder, String operation, String instead) throws IOException {
    edit(
        folder,
        meta -> {
          GraphDef.Builder graph = meta.getGraphDef().toBuilder();
          graph
              .getNodeBuilderList()
              .forEach(
                  node -> {
                    if (node.getOp().equals(operation)) {
                      node.setOp(instead);
                    }
                  });
          return meta.toBuilder().setGraphDef(graph).build();
        });
  }
}
