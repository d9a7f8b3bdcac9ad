package dev.tutti.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import dev.tutti.server.classify.TestBank;
import dev.tutti.v1.EvaluateConfig;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.InstrumentFamily;
import dev.tutti.v1.LabeledSample;
import dev.tutti.v1.SampleErrorPolicy;
import dev.tutti.v1.Spectrogram;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/** Messages as clients send them, and what lies in a status. */
public final class Wire {
  private Wire() {}

  static Spectrogram spectrogram(float value) {
    return Spectrogram.newBuilder()
        .setDecibels(TensorMapper.toProto(TestBank.spectrogram(value)))
        .build();
  }

  static EvaluateRequest config(SampleErrorPolicy policy) {
    return EvaluateRequest.newBuilder()
        .setConfig(
            EvaluateConfig.newBuilder()
                .setOptions(EvaluationOptions.newBuilder().setSampleErrorPolicy(policy)))
        .build();
  }

  static EvaluateRequest sample(String id, float value, InstrumentFamily... families) {
    LabeledSample.Builder sample =
        LabeledSample.newBuilder().setId(id).setSpectrogram(spectrogram(value));
    for (InstrumentFamily family : families) {
      sample.addFamilies(family);
    }
    return EvaluateRequest.newBuilder().setSample(sample).build();
  }

  /** A sample whose input is missing. */
  static EvaluateRequest brokenSample(String id) {
    return EvaluateRequest.newBuilder().setSample(LabeledSample.newBuilder().setId(id)).build();
  }

  /** A sample of so many bytes. */
  static EvaluateRequest heavySample(int bytes) {
    LabeledSample.Builder sample = LabeledSample.newBuilder();
    sample.getAudioBuilder().setEncodedFile(ByteString.copyFrom(new byte[bytes]));
    return EvaluateRequest.newBuilder().setSample(sample).build();
  }

  public static Status status(Throwable failure) {
    return StatusProto.fromThrowable(failure);
  }

  public static <T extends Message> Optional<T> detail(Status status, Class<T> type) {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(any.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
    return Optional.empty();
  }

  /** The field that a status complains about. */
  static String field(Status status) {
    return detail(status, BadRequest.class).orElseThrow().getFieldViolations(0).getField();
  }
}
