package dev.tutti.server.dispatch;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.batching.Batch;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** One inference that a worker of a new edition has to pass before it is given work. */
final class CanaryCheck {
  private static final long SEED = 7;

  private CanaryCheck() {}

  /** Completes with the bank; fails when the answer is not a row of probabilities. */
  static CompletableFuture<Bank> run(WorkerLink link, Bank bank) {
    return link.infer(bank, new Batch(List.of(noise(bank)), Set.of()))
        .thenApply(
            answer -> {
              for (float probability : answer.rows().get(0)) {
                if (!(probability >= 0 && probability <= 1)) {
                  throw new IllegalStateException(
                      "In the canary check it answered "
                          + probability
                          + ", which is not a probability.");
                }
              }
              return bank;
            });
  }

  /** Between -100 and 0 decibels. */
  private static Spectrogram noise(Bank bank) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] decibels = new float[bank.bins() * bank.frames()];
    for (int i = 0; i < decibels.length; i++) {
      decibels[i] = (float) random.nextDouble(-100, 0);
    }
    return Spectrogram.of(bank.bins(), bank.frames(), decibels);
  }
}
