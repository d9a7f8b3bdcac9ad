package dev.tutti.worker.bank;

import dev.tutti.worker.graph.NativeBuffer;
import dev.tutti.worker.savedmodel.SavedModelSession;
import java.nio.ByteBuffer;
import java.util.List;
import org.tensorflow.Tensor;

/**
 * A family whose model is a SavedModel, beside the fused graph.
 *
 * @param session owner of the model
 * @param column of the family
 */
record SavedModelPart(SavedModelSession session, int column) implements BankPart {
  @Override
  public List<Integer> columns() {
    return List.of(column);
  }

  @Override
  public BatchAnswer run(Tensor batch, int rows) {
    long start = System.nanoTime();
    ByteBuffer bytes = NativeBuffer.of(batch);
    int rowBytes = Math.toIntExact(bytes.limit() / batch.shape().get(0));
    float[] answers = new float[rows];
    for (int row = 0; row < rows; row++) {
      answers[row] = session.answer(bytes.slice(row * rowBytes, rowBytes));
    }
    return new BatchAnswer(answers, (System.nanoTime() - start) / 1000);
  }

  @Override
  public void close() {
    session.close();
  }
}
