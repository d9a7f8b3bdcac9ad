package dev.tutti.worker.savedmodel;

import dev.tutti.worker.graph.NativeBuffer;
import dev.tutti.worker.keras.ModelFileException;
import java.nio.ByteBuffer;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A loaded SavedModel. It answers one sample at a time, so that an answer does not depend on a
 * batch. For one caller at a time.
 */
public final class SavedModelSession implements AutoCloseable {
  private final SavedModelSignature signature;
  private final Graph graph = new Graph();
  private final Session session;
  private final TFloat32 sample;

  private SavedModelSession(SavedModelSignature signature, ConfigProto device) {
    this.signature = signature;
    this.session = new Session(graph, device);
    this.sample =
        TFloat32.tensorOf(Shape.of(1, signature.sample().size(0), signature.sample().size(1), 1));
  }

  /**
   * Loads a file, fills its variables and asks it once.
   *
   * @throws ModelFileException if TensorFlow refuses it, or its answer is not one number
   */
  public static SavedModelSession load(SavedModelFile file, ConfigProto device)
      throws ModelFileException {
    SavedModelSession loaded = new SavedModelSession(file.signature(), device);
    boolean complete = false;
    try {
      loaded.fill(file);
      loaded.answer(ByteBuffer.allocate((int) loaded.sample.numBytes()));
      complete = true;
      return loaded;
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw file.place().broken("is refused by TensorFlow: " + e.getMessage(), e);
    } finally {
      if (!complete) {
        loaded.close();
      }
    }
  }

  private void fill(SavedModelFile file) {
    graph.importGraphDef(file.graph().definition());
    if (file.restore().isPresent()) {
      RestoreStep restore = file.restore().get();
      try (TString path = TString.scalarOf(file.prefix().toString())) {
        session.runner().feed(restore.path(), path).addTarget(restore.target()).run().close();
      }
    }
  }

  /**
   * The answer to one sample.
   *
   * @param row [bins, frames] in native order; its position moves to its limit
   */
  public float answer(ByteBuffer row) {
    NativeBuffer.of(sample).put(row);
    try (Result result =
        session.runner().feed(signature.input(), sample).fetch(signature.output()).run()) {
      Tensor answer = result.get(0);
      if (!(answer instanceof TFloat32) || answer.shape().size() != 1) {
        throw new IllegalStateException(
            "answers %s of %s".formatted(answer.shape(), answer.dataType()));
      }
      return NativeBuffer.of(answer).getFloat(0);
    }
  }

  @Override
  public void close() {
    sample.close();
    session.close();
    graph.close();
  }
}
