package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.FamilyPrediction;
import dev.tutti.v1.ModelBank;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.ReloadModelBankRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models are replaced while they are used. */
@Timeout(600)
class ReloadTest {
  @TempDir Path folder;

  @Test
  void nothingIsLostAndEveryAnswerNamesTheModelsThatGaveIt() throws Exception {
    ModelVersions versions = versions(1);
    String[] options = versions.options(EqualBits.options().toArray(String[]::new));
    try (GatewayProcess gateway = GatewayProcess.start(folder, options)) {
      Evaluations.Run undisturbed = Evaluations.run(gateway, done -> {});
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<List<ClassifyResponse>> load =
          CompletableFuture.supplyAsync(() -> classifyUntil(gateway, stop));
      CompletableFuture<Evaluations.Run> evaluation =
          CompletableFuture.supplyAsync(() -> Evaluations.run(gateway, done -> {}));
      List<String> digests = new ArrayList<>(List.of(undisturbed.bankDigest()));
      for (int version = 2; version <= 4; version++) {
        versions.add(version, version % 2 == 0);
        ModelBank bank = Calls.reload(gateway);
        assertEquals(version, bank.getVersion());
        digests.add(bank.getDigest());
      }
      Evaluations.Run during = evaluation.get(5, TimeUnit.MINUTES);
      stop.set(true);
      assertEquals(undisturbed, during);
      assertEquals(digests.get(0), digests.get(2));
      assertNotEquals(digests.get(0), digests.get(1));

      Map<String, List<FamilyPrediction>> byDigest = new HashMap<>();
      for (ClassifyResponse answer : load.get(1, TimeUnit.MINUTES)) {
        List<FamilyPrediction> first =
            byDigest.computeIfAbsent(answer.getBankDigest(), digest -> answer.getPredictionsList());
        assertEquals(first, answer.getPredictionsList());
      }
      assertEquals(Set.copyOf(digests), byDigest.keySet());
      assertNotEquals(byDigest.get(digests.get(0)), byDigest.get(digests.get(1)));
      // Those of all versions before are gone.
      Calls.awaitReady(gateway, 2);
    }
  }

  @Test
  void aBadVersionIsRefusedWithItsReasonAndTheOldOneServesOn() throws Exception {
    ModelVersions versions = versions(1);
    // At the start it is passed over.
    versions.addBroken(3);
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, versions.options("--devices", "cpu:1"))) {
      assertEquals(1, newest(gateway).getVersion());
      StatusRuntimeException refusal =
          assertThrows(StatusRuntimeException.class, () -> Calls.reload(gateway));
      assertEquals(Status.Code.FAILED_PRECONDITION, refusal.getStatus().getCode());
      assertTrue(refusal.getMessage().contains("version 3"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("family_organ"), refusal.getMessage());
      assertEquals(1, newest(gateway).getVersion());
      assertEquals(10, Calls.classify(gateway, "").getPredictionsCount());
      Calls.awaitReady(gateway, 1);

      Distribution.Outcome verb =
          Distribution.run("reload", "--server", "127.0.0.1:" + gateway.port());
      assertEquals(1, verb.exitCode());
      assertTrue(verb.err().contains("family_organ"), verb.err());
    }
  }

  @Test
  void versionsAreAskedForByNumberAndLabelAndThresholdsSwapWithThem() throws Exception {
    ModelVersions versions = versions(1);
    versions.add(2, true);
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder, versions.options("--devices", "cpu:1", "--set", "models.label.stable=1"))) {
      Calls.awaitReady(gateway, 2);
      ClassifyResponse newest = Calls.classify(gateway, "");
      ClassifyResponse stable = Calls.classify(gateway, "default@stable");
      assertNotEquals(newest.getBankDigest(), stable.getBankDigest());
      assertNotEquals(newest.getPredictionsList(), stable.getPredictionsList());
      assertEquals(stable.getPredictionsList(), Calls.classify(gateway, "@1").getPredictionsList());
      StatusRuntimeException unknown =
          assertThrows(
              StatusRuntimeException.class, () -> Calls.classify(gateway, "default@canary"));
      assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
      assertTrue(unknown.getMessage().contains("default@stable"), unknown.getMessage());

      double before = newest(gateway).getThresholds(0).getThreshold();
      assertNotEquals(0.125, before);
      versions.threshold(2, "bass", 0.125);
      assertEquals(before, newest(gateway).getThresholds(0).getThreshold());
      ModelBank reloaded = Calls.reload(gateway);
      assertEquals(newest.getBankDigest(), reloaded.getDigest());
      assertEquals(0.125, reloaded.getThresholds(0).getThreshold());
      assertEquals(
          List.of(List.of(), List.of("stable")),
          Calls.banks(gateway).stream().map(bank -> List.copyOf(bank.getLabelsList())).toList());
      assertEquals(stable.getBankDigest(), Calls.classify(gateway, "@stable").getBankDigest());
    }
  }

  @Test
  void ofTwoReloadsAtOnceOneIsRefusedAndAWatchedFolderNeedsNone() throws Exception {
    ModelVersions versions = versions(1);
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder, versions.options("--devices", "cpu:1", "--set", "models.watch=300ms"))) {
      var stub = ModelServiceGrpc.newFutureStub(gateway.channel());
      var first = stub.reloadModelBank(ReloadModelBankRequest.getDefaultInstance());
      var second = stub.reloadModelBank(ReloadModelBankRequest.getDefaultInstance());
      // Calls of one connection are served side by side: either may be the first.
      List<String> refusals = new ArrayList<>();
      for (var reload : List.of(first, second)) {
        try {
          assertEquals(1, reload.get(2, TimeUnit.MINUTES).getBank().getVersion());
        } catch (ExecutionException e) {
          refusals.add(e.getMessage());
        }
      }
      assertEquals(1, refusals.size(), refusals.toString());
      assertTrue(refusals.get(0).contains("are being loaded already"), refusals.get(0));

      versions.add(2, true);
      Await.until("version 2 serves", () -> newest(gateway).getVersion() == 2);
    }
  }

  @Test
  void whereASecondSetOfWorkersHasNoRoomTheReloadIsRefused() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder,
            versions(1).options("--devices", "cpu:1", "--set", "models.reload-memory=100"))) {
      // A hundred times its memory may exist on a very large machine; here it is what is tested.
      try {
        Calls.reload(gateway);
      } catch (StatusRuntimeException e) {
        assertTrue(e.getMessage().contains("A reload needs about"), e.getMessage());
      }
      assertEquals(1, newest(gateway).getVersion());
      assertEquals(10, Calls.classify(gateway, "").getPredictionsCount());
    }
  }

  private ModelVersions versions(int first) throws java.io.IOException {
    ModelVersions versions = new ModelVersions(folder.resolve("models"));
    versions.add(first, false);
    return versions;
  }

  private static List<ClassifyResponse> classifyUntil(GatewayProcess gateway, AtomicBoolean stop) {
    List<ClassifyResponse> answers = new ArrayList<>();
    do {
      answers.add(Calls.classify(gateway, ""));
    } while (!stop.get());
    return answers;
  }

  private static ModelBank newest(GatewayProcess gateway) {
    return Calls.banks(gateway).get(0);
  }
}
