package dev.tutti.server.grpc;

import static dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_BASS;
import static dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_FLUTE;
import static dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_ORGAN;
import static dev.tutti.v1.InstrumentFamily.INSTRUMENT_FAMILY_VOCAL;
import static dev.tutti.v1.SampleErrorPolicy.SAMPLE_ERROR_POLICY_FAIL;
import static dev.tutti.v1.SampleErrorPolicy.SAMPLE_ERROR_POLICY_SKIP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.v1.EvaluateConfig;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.SamplePrediction;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client-fed evaluations, right and wrong. The gateway runs one at a time. */
@Timeout(60)
class EvaluateCallTest {
  private InProcessGateway gateway;

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void samplesAreAnsweredInOrderAndSummedUp() throws IOException {
    FakeWorkers workers = FakeWorkers.answeringWhenTold();
    start(workers);
    var stream = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    stream.call().onNext(Wire.sample("silence", 0.1f));
    stream.call().onNext(Wire.sample("bass", 0.6f, INSTRUMENT_FAMILY_BASS));
    stream
        .call()
        .onNext(
            Wire.sample(
                "all",
                0.9f,
                INSTRUMENT_FAMILY_VOCAL,
                INSTRUMENT_FAMILY_BASS,
                INSTRUMENT_FAMILY_FLUTE));
    assertEquals(0, stream.answers.size());
    workers.answerAll();
    assertEquals(3, stream.answers.size());
    assertTrue(stream.open());
    stream.call().onCompleted();

    assertTrue(stream.completed());
    SamplePrediction second = stream.answers.get(1).getPrediction();
    assertEquals(1, second.getIndex());
    assertEquals("bass", second.getId());
    assertFalse(second.getExactMatch());
    SamplePrediction third = stream.answers.get(2).getPrediction();
    assertTrue(third.getExactMatch());
    assertEquals(INSTRUMENT_FAMILY_BASS, third.getTruth(0));
    EvaluationSummary summary = stream.answers.get(3).getSummary();
    assertEquals(3, summary.getMetrics().getSamples());
    assertEquals(2 / 3.0, summary.getMetrics().getExactMatchRatio().getValue(), 1e-12);
    assertEquals(3, summary.getThresholdsCount());
  }

  @Test
  void predictionsCanBeLeftOut() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    EvaluateRequest.Builder config = Wire.config(SAMPLE_ERROR_POLICY_FAIL).toBuilder();
    config.getConfigBuilder().getOptionsBuilder().setOmitPredictions(true).setProgressInterval(2);
    var stream = begin(config.build());
    for (int i = 0; i < 5; i++) {
      stream.call().onNext(Wire.sample("", i / 10f));
    }
    stream.call().onCompleted();
    assertEquals(3, stream.answers.size());
    assertEquals(4, stream.answers.get(1).getProgress().getCompleted());
    assertTrue(stream.answers.get(2).hasSummary());
  }

  @Test
  void theFirstMessageMustBeTheConfigAndOnlyThat() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    var early = begin(Wire.sample("early", 0));
    assertEquals("message", Wire.field(early.status()));
    var twice = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    twice.call().onNext(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    assertEquals(
        "message: After the config, every message must be a sample.", twice.status().getMessage());
    var nothing = begin(EvaluateRequest.getDefaultInstance());
    assertEquals("message", Wire.field(nothing.status()));
    assertFreeSlot();
  }

  @Test
  void closingBeforeTheConfigIsRefused() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    var stream = open();
    stream.call().onCompleted();
    assertEquals("message: The first message must be the config.", stream.status().getMessage());
  }

  @Test
  void closingAfterTheConfigIsAnEvaluationOfNothing() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    var stream = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    stream.call().onCompleted();
    assertTrue(stream.completed());
    assertEquals(0, stream.answers.get(0).getSummary().getMetrics().getSamples());
  }

  @Test
  void aBrokenSampleEndsTheCallWithItsName() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    var stream = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    stream.call().onNext(Wire.sample("fine", 0));
    stream.call().onNext(Wire.brokenSample("odd"));
    assertEquals(Status.Code.INVALID_ARGUMENT, stream.code());
    assertEquals("sample.input", Wire.field(stream.status()));
    assertTrue(
        stream.status().getMessage().startsWith("sample 1 ('odd'): "),
        stream.status().getMessage());
    assertFreeSlot();
  }

  @Test
  void aBrokenSampleIsAnsweredWithItsErrorWhereThatIsWanted() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    var stream = begin(Wire.config(SAMPLE_ERROR_POLICY_SKIP));
    stream.call().onNext(Wire.brokenSample("odd"));
    stream.call().onNext(Wire.sample("fine", 0));
    stream.call().onCompleted();
    SamplePrediction odd = stream.answers.get(0).getPrediction();
    assertEquals("odd", odd.getId());
    assertEquals(Status.Code.INVALID_ARGUMENT.value(), odd.getError().getCode());
    assertEquals("sample.input", odd.getError().getFieldViolations(0).getField());
    assertEquals(0, odd.getPredictionsCount());
    assertFalse(stream.answers.get(1).getPrediction().hasError());
    assertEquals(1, stream.answers.get(2).getSummary().getFailed());
    assertEquals(1, stream.answers.get(2).getSummary().getMetrics().getSamples());
  }

  @Test
  void labelsThatCannotBeCountedEndTheCall() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    var missing = begin(Wire.config(SAMPLE_ERROR_POLICY_SKIP));
    missing.call().onNext(Wire.sample("", 0, INSTRUMENT_FAMILY_ORGAN));
    assertEquals(Status.Code.FAILED_PRECONDITION, missing.code());
    var twice = begin(Wire.config(SAMPLE_ERROR_POLICY_SKIP));
    twice.call().onNext(Wire.sample("", 0, INSTRUMENT_FAMILY_BASS, INSTRUMENT_FAMILY_BASS));
    assertEquals("sample.families[1]", Wire.field(twice.status()));
    assertFreeSlot();
  }

  @Test
  void aConfigThatCannotBeServedIsRefused() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    EvaluateRequest unknown =
        EvaluateRequest.newBuilder()
            .setConfig(EvaluateConfig.newBuilder().setDataset("notes"))
            .build();
    assertEquals(Status.Code.NOT_FOUND, begin(unknown).code());
    EvaluateRequest.Builder negative = Wire.config(SAMPLE_ERROR_POLICY_FAIL).toBuilder();
    negative.getConfigBuilder().getOptionsBuilder().setProgressInterval(-1);
    assertEquals("options.progress_interval", Wire.field(begin(negative.build()).status()));
    assertFreeSlot();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatGoesWrongAsItBeginsOrIsSummedUpEndsTheCallAndLeavesItsPlace(int readings)
      throws IOException {
    start(FakeWorkers.answeringAtOnce());
    gateway.clock.breakAfter(readings);
    var stream = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    assertEquals(readings > 0, stream.open());
    stream.call().onCompleted();
    assertEquals(Status.Code.INTERNAL, stream.code());
    gateway.clock.breakAfter(Integer.MAX_VALUE);
    assertFreeSlot();
  }

  @Test
  void oneTooManyIsTurnedAwayUntilAnotherLeaves() throws IOException {
    FakeWorkers workers = FakeWorkers.busy();
    start(workers);
    var first = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    first.call().onNext(Wire.sample("", 0));
    assertEquals(
        Status.Code.RESOURCE_EXHAUSTED, begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL)).code());
    assertEquals(1, gateway.batcher.queued());
    first.call().cancel("enough", null);
    assertFreeSlot();
    gateway.time.advance(Duration.ofSeconds(1));
    assertEquals(0, gateway.batcher.queued());
  }

  @Test
  void aMessageThatIsTooLongEndsTheEvaluationAndGivesItsWorkUp() throws IOException {
    start(FakeWorkers.busy());
    var stream = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    stream.call().onNext(Wire.sample("", 0));
    stream.call().onNext(Wire.heavySample(InProcessGateway.MAX_MESSAGE_BYTES));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, stream.code());
    assertFreeSlot();
    gateway.time.advance(Duration.ofSeconds(1));
    assertEquals(0, gateway.batcher.queued());
  }

  private void assertFreeSlot() {
    var next = begin(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    next.call().onCompleted();
    assertTrue(next.completed());
  }

  private void start(FakeWorkers workers) throws IOException {
    gateway = new InProcessGateway(workers);
  }

  private RecordingStream<EvaluateRequest, EvaluateResponse> open() {
    RecordingStream<EvaluateRequest, EvaluateResponse> stream = RecordingStream.byHand();
    EvaluationServiceGrpc.newStub(gateway.channel).evaluate(stream);
    return stream;
  }

  private RecordingStream<EvaluateRequest, EvaluateResponse> begin(EvaluateRequest first) {
    RecordingStream<EvaluateRequest, EvaluateResponse> stream = open();
    stream.call().onNext(first);
    return stream;
  }
}
