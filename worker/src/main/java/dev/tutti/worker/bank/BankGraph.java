package dev.tutti.worker.bank;

import dev.tutti.worker.graph.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a bank with its session and its weights, ready to run.
 *
 * @param graph owner of the operations
 * @param session owner of the variables
 * @param input [batch, bins, frames, 1]
 * @param output [largest batch, columns]
 * @param columns its families as positions in the bank's answer
 */
record BankGraph(
    Graph graph,
    Session session,
    Operand<TFloat32> input,
    Operand<TFloat32> output,
    List<Integer> columns)
    implements BankPart {
  /** Runs a batch and copies the first numbers of the answer before its memory goes back. */
  @Override
  public BatchAnswer run(Tensor batch, int rows) {
    long start = System.nanoTime();
    try (Result result = session.runner().feed(input, batch).fetch(output).run()) {
      long micros = (System.nanoTime() - start) / 1000;
      ByteBuffer bytes = NativeBuffer.of(result.get(0));
      FloatBuffer answer = bytes.asFloatBuffer();
      float[] copy = new float[rows * columns.size()];
      answer.get(copy);
      return new BatchAnswer(copy, micros);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
