package dev.tutti.e2e;

import dev.tutti.v1.CachePolicy;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyOptions;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.ListModelBanksRequest;
import dev.tutti.v1.ModelBank;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.ReloadModelBankRequest;
import dev.tutti.v1.WorkerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls that several tests make. */
final class Calls {
  private static final int LIMIT_SECONDS = 120;

  private Calls() {}

  /** Classifies the same note, computed anew. */
  static ClassifyResponse classify(GatewayProcess gateway, String bank) {
    try {
      byte[] note = Files.readAllBytes(Distribution.golden("wav/pcm16_stereo_16k.wav"));
      return ClassificationServiceGrpc.newBlockingStub(gateway.channel())
          .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
          .classify(
              ClassifyRequest.newBuilder()
                  .setAudio(Inputs.file(note))
                  .setOptions(
                      ClassifyOptions.newBuilder()
                          .setBank(bank)
                          .setCachePolicy(CachePolicy.CACHE_POLICY_BYPASS))
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ModelBank reload(GatewayProcess gateway) {
    return ModelServiceGrpc.newBlockingStub(gateway.channel())
        .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
        .reloadModelBank(ReloadModelBankRequest.getDefaultInstance())
        .getBank();
  }

  /** All versions that are served, newest first. */
  static List<ModelBank> banks(GatewayProcess gateway) {
    return ModelServiceGrpc.newBlockingStub(gateway.channel())
        .listModelBanks(ListModelBanksRequest.getDefaultInstance())
        .getBanksList();
  }

  /** Returns once there are so many workers and no others, all ready. */
  static void awaitReady(GatewayProcess gateway, int workers) throws InterruptedException {
    Await.until(
        workers + " workers, all ready",
        () ->
            gateway.workers().size() == workers
                && gateway.workers().stream()
                    .allMatch(worker -> worker.getState() == WorkerState.WORKER_STATE_READY));
  }
}
