package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import dev.tutti.v1.Audio;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyOptions;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.DataType;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.InstrumentFamily;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad input is refused with the field, the fault and what is accepted. */
class BadInputTest {
  @TempDir static Path folder;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start() throws Exception {
    // The models of the tests lack synth_lead, which one of these mistakes needs.
    String models = Distribution.golden("models").toString();
    gateway = GatewayProcess.start(folder, "--devices", "cpu:1", "--models", models);
  }

  @AfterAll
  static void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
  }

  /** Whatever a test sent, the next good request is answered. */
  @AfterEach
  void serverIsStillUp() throws Exception {
    byte[] good = Files.readAllBytes(Distribution.golden("wav/pcm16_stereo_16k.wav"));
    assertEquals(10, classify(audio(Inputs.file(good))).getPredictionsCount());
  }

  @Test
  void nothingAtAll() {
    refused(ClassifyRequest.getDefaultInstance(), "input", "audio or spectrogram");
  }

  @Test
  void emptyAudio() {
    refused(
        audio(Inputs.pcm(ByteString.EMPTY, DataType.DATA_TYPE_FLOAT32)), "audio.pcm", "least one");
    refused(
        audio(Inputs.file(new byte[0])),
        "audio.encoded_file",
        "WAV, FLAC, Ogg Vorbis, MP3 and AIFF");
    refused(audio(Audio.getDefaultInstance()), "audio.content", "encoded_file or pcm");
  }

  @Test
  void audioThatIsNotFinite() {
    refused(
        audio(Inputs.pcm(floats(0, Float.NaN, 0), DataType.DATA_TYPE_FLOAT32)),
        "audio.pcm",
        "finite");
    refused(
        audio(Inputs.pcm(floats(Float.POSITIVE_INFINITY), DataType.DATA_TYPE_FLOAT32)),
        "audio.pcm",
        "finite");
  }

  @Test
  void halfASample() {
    refused(
        audio(Inputs.pcm(ByteString.copyFrom(new byte[7]), DataType.DATA_TYPE_FLOAT32)),
        "audio.pcm",
        "7");
  }

  @Test
  void unreadableFiles() throws Exception {
    refused(audio(Inputs.file(new byte[] {1, 2, 3})), "audio.encoded_file", "WAV");
    for (String name : new String[] {"odd_no_data_chunk.wav", "odd_zero_samples.wav"}) {
      byte[] bytes = Files.readAllBytes(Distribution.golden("wav/" + name));
      refused(audio(Inputs.file(bytes)), "audio.encoded_file", "");
    }
  }

  @Test
  void aRateOutOfRange() {
    Audio.Builder audio = Inputs.pcm(floats(0, 1), DataType.DATA_TYPE_FLOAT32).toBuilder();
    audio.getPcmBuilder().setSampleRateHz(3999);
    refused(audio(audio.build()), "audio.pcm.sample_rate_hz", "4000 to 192000");
  }

  @Test
  void aWrongSpectrogramShape() {
    refused(
        spectrogram(ByteString.copyFrom(new byte[400]), 10, 10),
        "spectrogram.decibels.shape",
        "[1025, 126]");
    refused(
        spectrogram(ByteString.copyFrom(new byte[400]), 1025, 126),
        "spectrogram.decibels.data",
        "516600");
    refused(spectrogram(ByteString.EMPTY, -1, 126), "spectrogram.decibels.shape", "[1025, 126]");
  }

  @Test
  void aSpectrogramThatIsNotFinite() {
    ByteBuffer bytes = ByteBuffer.allocate(1025 * 126 * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(4 * 777, Float.NaN);
    refused(
        spectrogram(ByteString.copyFrom(bytes), 1025, 126), "spectrogram.decibels.data", "finite");
  }

  @Test
  void anOverLongMessage() {
    for (int size : new int[] {17 << 20, 80 << 20}) {
      StatusRuntimeException refusal =
          assertThrows(
              StatusRuntimeException.class, () -> classify(audio(Inputs.file(new byte[size]))));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
      assertTrue(
          refusal.getMessage().contains(String.valueOf(16 << 20))
              && refusal.getMessage().contains("server.max-message-bytes"),
          refusal.getMessage());
    }
  }

  @Test
  void aThresholdOutOfRange() {
    ClassifyOptions options =
        ClassifyOptions.newBuilder()
            .addThresholds(
                FamilyThreshold.newBuilder()
                    .setFamily(InstrumentFamily.INSTRUMENT_FAMILY_BASS)
                    .setThreshold(1.5))
            .build();
    ClassifyRequest request =
        audio(Inputs.pcm(floats(0), DataType.DATA_TYPE_FLOAT32)).toBuilder()
            .setOptions(options)
            .build();
    refused(request, "options.thresholds[0].threshold", "0 to 1");
  }

  @Test
  void whatDoesNotExistOrFit() {
    ClassifyRequest silence = audio(Inputs.pcm(floats(0), DataType.DATA_TYPE_FLOAT32));
    assertCode(
        Status.Code.NOT_FOUND,
        silence.toBuilder().setOptions(ClassifyOptions.newBuilder().setBank("other")).build());
    assertCode(
        Status.Code.FAILED_PRECONDITION,
        silence.toBuilder()
            .setOptions(
                ClassifyOptions.newBuilder()
                    .addThresholds(
                        FamilyThreshold.newBuilder()
                            .setFamily(InstrumentFamily.INSTRUMENT_FAMILY_SYNTH_LEAD)
                            .setThreshold(0.5)))
            .build());
  }

  private static StatusRuntimeException refused(
      ClassifyRequest request, String field, String words) {
    StatusRuntimeException refusal =
        assertThrows(StatusRuntimeException.class, () -> classify(request));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode(), refusal.getMessage());
    BadRequest.FieldViolation violation = violation(refusal);
    assertTrue(violation.getField().startsWith(field), violation.toString());
    assertTrue(violation.getDescription().contains(words), violation.toString());
    return refusal;
  }

  private static BadRequest.FieldViolation violation(StatusRuntimeException refusal) {
    try {
      for (var detail : StatusProto.fromThrowable(refusal).getDetailsList()) {
        if (detail.is(BadRequest.class)) {
          return detail.unpack(BadRequest.class).getFieldViolations(0);
        }
      }
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("There is no field violation", refusal);
  }

  private static void assertCode(Status.Code code, ClassifyRequest request) {
    StatusRuntimeException refusal =
        assertThrows(StatusRuntimeException.class, () -> classify(request));
    assertEquals(code, refusal.getStatus().getCode(), refusal.getMessage());
  }

  private static dev.tutti.v1.ClassifyResponse classify(ClassifyRequest request) {
    return ClassificationServiceGrpc.newBlockingStub(gateway.channel()).classify(request);
  }

  private static ClassifyRequest audio(Audio audio) {
    return ClassifyRequest.newBuilder().setAudio(audio).build();
  }

  private static ClassifyRequest spectrogram(ByteString data, long... shape) {
    return ClassifyRequest.newBuilder().setSpectrogram(Inputs.spectrogram(data, shape)).build();
  }

  private static ByteString floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }
}
