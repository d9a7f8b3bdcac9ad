package dev.tutti.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.FamilyDraw;
import dev.tutti.core.mixture.GainRange;
import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.ClassifyTrace;
import dev.tutti.v1.DataType;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationMetrics;
import dev.tutti.v1.EvaluationProgress;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.FamilyPrediction;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.ItemError;
import dev.tutti.v1.ListModelBanksResponse;
import dev.tutti.v1.ListWorkersResponse;
import dev.tutti.v1.Metric;
import dev.tutti.v1.ModelBank;
import dev.tutti.v1.Pcm;
import dev.tutti.v1.SamplePrediction;
import dev.tutti.v1.StftParameters;
import dev.tutti.v1.Worker;
import dev.tutti.v1.WorkerState;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TuttiClientTest {
  private static final MixtureEvaluation EVALUATION =
      new MixtureEvaluation(
          "notes",
          new MixtureRecipe(
              -1,
              List.of(new GroupCount(2, 50)),
              OverlayRule.WAVEFORM_SUM,
              BackgroundNoise.white(0.25),
              FamilyDraw.EXHAUSTIVE,
              new GainRange(-6, 3)),
          true,
          40,
          List.of(InstrumentFamily.BASS, InstrumentFamily.VOCAL),
          new MixtureEvaluation.Part(7, 3),
          10);

  private final FakeTutti server = new FakeTutti();
  private final TuttiClient client =
      new TuttiClient(server.channel, java.time.Duration.ofSeconds(30));

  TuttiClientTest() throws IOException {}

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aClipIsSentAsFloatsAndItsAnswerRead() {
    server.classified =
        ClassifyResponse.newBuilder()
            .addPredictions(
                FamilyPrediction.newBuilder()
                    .setFamily(dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_VOCAL)
                    .setProbability(0.75f)
                    .setThreshold(0.5)
                    .setPresent(true))
            .setInputSeconds(5)
            .setAnalyzedSeconds(4)
            .setBank("default")
            .setBankDigest("abc")
            .setTrace(
                ClassifyTrace.newBuilder()
                    .setServerTime(Duration.newBuilder().setSeconds(1).setNanos(5)))
            .build();
    ClassifyResult result = client.classify(AudioClip.of(new float[] {0.5f, -1}, 8000));
    assertEquals(
        new ClassifyResult(
            List.of(new FamilyTag(InstrumentFamily.VOCAL, 0.75f, 0.5, true)),
            5,
            4,
            "default",
            "abc",
            java.time.Duration.ofSeconds(1, 5)),
        result);
    Pcm pcm = server.lastClassify.getAudio().getPcm();
    assertEquals(DataType.DATA_TYPE_FLOAT32, pcm.getDtype());
    assertEquals(8000, pcm.getSampleRateHz());
    var samples = pcm.getSamples().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(8, samples.remaining());
    assertEquals(0.5f, samples.getFloat());
    assertEquals(-1, samples.getFloat());
  }

  @Test
  void aFileIsSentAsItIs() {
    client.classify(new byte[] {1, 2, 3});
    assertArrayEquals(
        new byte[] {1, 2, 3}, server.lastClassify.getAudio().getEncodedFile().toByteArray());
  }

  @Test
  void banksAndWorkersAreRead() {
    server.banks =
        ListModelBanksResponse.newBuilder()
            .addBanks(
                ModelBank.newBuilder()
                    .setName("default")
                    .setDigest("abc")
                    .setVersion(4)
                    .addLabels("canary")
                    .addFamilies(dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_BASS)
                    .addThresholds(
                        FamilyThreshold.newBuilder()
                            .setFamily(dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_BASS)
                            .setThreshold(0.25))
                    .addInputShape(1025)
                    .addInputShape(126)
                    .setStft(StftParameters.newBuilder().setSampleRateHz(16_000))
                    .setWindowSamples(64_000)
                    .setParameters(7))
            .build();
    BankInfo bank = client.banks().get(0);
    assertEquals(FamilySet.of(InstrumentFamily.BASS), bank.families());
    assertEquals(0.25, bank.thresholds().get(0));
    assertEquals(
        List.of(1025, 126, 16_000, 64_000),
        List.of(bank.bins(), bank.frames(), bank.sampleRate(), bank.windowSamples()));
    assertEquals(4, bank.version());
    assertEquals(List.of("canary"), bank.labels());
    assertEquals(bank, client.reload(java.time.Duration.ofSeconds(30)));
    server.workers =
        ListWorkersResponse.newBuilder()
            .addWorkers(
                Worker.newBuilder()
                    .setName("worker-0")
                    .setState(WorkerState.WORKER_STATE_BACKOFF)
                    .setDevice("cpu")
                    .setRestarts(3)
                    .setBankVersion(2)
                    .setLastExit("exit status 1"))
            .build();
    assertEquals(
        List.of(new WorkerInfo("worker-0", "backoff", "cpu", 2, 0, 3, "exit status 1")),
        client.workers());
  }

  @Test
  void anEvaluationIsAskedForAndItsEventsPassedOn() {
    Metric half = Metric.newBuilder().setValue(0.5).build();
    Metric none = Metric.newBuilder().setUndefinedReason("never present").build();
    EvaluationMetrics metrics =
        EvaluationMetrics.newBuilder()
            .setSamples(50)
            .setExactMatchRatio(half)
            .setMeanAveragePrecision(none)
            .build();
    server.events.add(
        EvaluateMixturesResponse.newBuilder()
            .setPrediction(
                SamplePrediction.newBuilder()
                    .setId("m-0")
                    .addTruth(dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_REED)
                    .setError(ItemError.newBuilder().setMessage("broken")))
            .build());
    server.events.add(
        EvaluateMixturesResponse.newBuilder()
            .setProgress(
                EvaluationProgress.newBuilder().setCompleted(10).setTotal(50).setMetrics(metrics))
            .build());
    server.events.add(
        EvaluateMixturesResponse.newBuilder()
            .setSummary(EvaluationSummary.newBuilder().setMetrics(metrics).setFailed(1))
            .build());
    List<EvaluationEvent> events = new ArrayList<>();
    client.evaluate(EVALUATION, events::add);

    assertEquals("notes", server.lastEvaluate.getDataset());
    assertEquals(-1, server.lastEvaluate.getRecipe().getSeed());
    assertEquals(50, server.lastEvaluate.getRecipe().getGroups(0).getCount());
    assertEquals(
        dev.tutti.v1.OverlayRule.OVERLAY_RULE_WAVEFORM_SUM,
        server.lastEvaluate.getRecipe().getOverlayRule());
    var recipe = server.lastEvaluate.getRecipe();
    assertEquals(0.25, recipe.getNoiseLevel());
    assertEquals(dev.tutti.v1.FamilyDraw.FAMILY_DRAW_EXHAUSTIVE, recipe.getFamilyDraw());
    assertEquals(-6, recipe.getGains().getLowestDb());
    assertEquals(3, recipe.getGains().getHighestDb());
    assertEquals(40, recipe.getNotesPerFamily());
    assertTrue(server.lastEvaluate.getEveryNote());
    assertEquals(
        List.of(
            dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_BASS,
            dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_VOCAL),
        server.lastEvaluate.getFamiliesList());
    assertEquals(7, server.lastEvaluate.getStartIndex());
    assertEquals(3, server.lastEvaluate.getMaxSamples());
    assertEquals(10, server.lastEvaluate.getOptions().getProgressInterval());
    assertEquals(
        new EvaluationEvent.Prediction(
            0, "m-0", List.of(InstrumentFamily.REED), List.of(), List.of(), "broken"),
        events.get(0));
    assertEquals(10, assertInstanceOf(EvaluationEvent.Progress.class, events.get(1)).completed());
    EvaluationEvent.Summary summary =
        assertInstanceOf(EvaluationEvent.Summary.class, events.get(2));
    assertEquals(0.5, summary.metrics().exactMatchRatio().value().getAsDouble());
    assertEquals("never present", summary.metrics().meanAveragePrecision().undefinedReason());
    assertEquals(1, summary.failed());
  }

  @Test
  void aRefusalCarriesItsCodeAndWhatWasWrong() {
    server.failure =
        Optional.of(
            StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                    .setCode(Code.INVALID_ARGUMENT_VALUE)
                    .setMessage("audio: too short")
                    .addDetails(
                        Any.pack(
                            BadRequest.newBuilder()
                                .addFieldViolations(
                                    BadRequest.FieldViolation.newBuilder()
                                        .setField("audio")
                                        .setDescription("too short"))
                                .build()))
                    .build()));
    TuttiException refused = assertThrows(TuttiException.class, () -> client.classify(new byte[1]));
    assertEquals("INVALID_ARGUMENT", refused.code());
    assertEquals("audio: too short", refused.getMessage());
    assertEquals(List.of("audio: too short"), refused.violations());
    assertThrows(TuttiException.class, client::banks);
    assertThrows(TuttiException.class, () -> client.evaluate(EVALUATION, event -> {}));
  }

  @Test
  void aFailureWithoutDetailsHasItsCodeAsTheMessage() {
    server.failure = Optional.of(io.grpc.Status.UNAVAILABLE.asRuntimeException());
    TuttiException refused = assertThrows(TuttiException.class, client::workers);
    assertEquals("UNAVAILABLE", refused.getMessage());
    assertEquals(List.of(), refused.violations());
  }

  @Test
  void aConsumerThatThrowsEndsTheEvaluationOnTheServerToo() {
    server.endless = true;
    server.events.add(
        EvaluateMixturesResponse.newBuilder()
            .setPrediction(SamplePrediction.getDefaultInstance())
            .build());
    assertThrows(
        IllegalStateException.class,
        () ->
            client.evaluate(
                EVALUATION,
                event -> {
                  throw new IllegalStateException("enough");
                }));
    assertTrue(server.cancelled);
  }
}
