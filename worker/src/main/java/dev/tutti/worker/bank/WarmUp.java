package dev.tutti.worker.bank;

import dev.tutti.worker.bank.input.BankInput;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.keras.layer.TensorShape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every batch size once, which compiles it, compares what they answer, and refuses a bank that
 * answers a probe with something that is no probability.
 */
final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private final ModelBank bank;
  private final Path folder;
  private final List<AnswerProbe> probes;

  /**
   * A warm-up.
   *
   * @param folder of the models, for messages
   */
  WarmUp(ModelBank bank, Path folder) {
    this.bank = bank;
    this.folder = folder;
    BankInput input = bank.description().input();
    this.probes = AnswerProbe.all(TensorShape.of(input.bins(), input.frames()));
  }

  /**
   * Answers that differ between batch sizes are no error, but whoever compares results must know.
   *
   * @throws ModelBankException if an answer is no probability
   */
  void run() throws ModelBankException {
    BatchSizes sizes = bank.description().batchSizes();
    float[] first = null;
    for (int size : sizes.sizes()) {
      float[] answer = answerToFirst(size);
      if (first == null) {
        first = answer;
      } else if (!Arrays.equals(first, answer)) {
        log.warn(
            "On this machine, answers differ in the last bits between batch sizes {} and {}.",
            sizes.sizes().get(0),
            size);
      }
    }
    for (int from = sizes.largest(); from < probes.size(); from += sizes.largest()) {
      answers(from, Math.min(sizes.largest(), probes.size() - from));
    }
  }

  private float[] answerToFirst(int size) throws ModelBankException {
    return Arrays.copyOf(answers(0, size), bank.description().families().size());
  }

  /** The answers to some probes, which begin anew when all were taken. */
  private float[] answers(int from, int count) throws ModelBankException {
    List<ByteBuffer> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(probe(from + i).numbers());
    }
    try {
      return bank.infer(rows).probabilities();
    } catch (ModelOutputException e) {
      throw new ModelBankException(
          "%s: the model of %s answers %s to %s; a family model answers a probability."
              .formatted(folder, e.family().label(), e.answer(), probe(from + e.row()).name()),
          e);
    }
  }

  private AnswerProbe probe(int number) {
    return probes.get(number % probes.size());
  }
}
