package dev.tutti.server.grpc;

import com.google.protobuf.ByteString;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.grpc.call.Callers;
import dev.tutti.server.grpc.call.UnaryAnswer;
import dev.tutti.server.wire.StftMapper;
import dev.tutti.v1.ComputeSpectrogramRequest;
import dev.tutti.v1.ComputeSpectrogramResponse;
import dev.tutti.v1.SpectrogramServiceGrpc;
import io.grpc.stub.StreamObserver;

/** {@code tutti.v1.SpectrogramService}. */
public final class SpectrogramEndpoint extends SpectrogramServiceGrpc.SpectrogramServiceImplBase {
  private final Banks banks;
  private final Spectrograms spectrograms;

  public SpectrogramEndpoint(Banks banks, Spectrograms spectrograms) {
    this.banks = banks;
    this.spectrograms = spectrograms;
  }

  @Override
  public void computeSpectrogram(
      ComputeSpectrogramRequest request, StreamObserver<ComputeSpectrogramResponse> observer) {
    UnaryAnswer.send(
        observer,
        () -> {
          Bank bank = banks.require(request.getBank());
          var lookup =
              spectrograms.of(
                  InputMapper.audio(request.getAudio()),
                  bank,
                  InputMapper.length(request.getLengthPolicy(), LengthPolicy.KEEP, true),
                  InputMapper.bypass(request.getCachePolicy()),
                  Callers.pass(Lane.INTERACTIVE));
          return Futures.map(lookup.value(), clip -> toProto(clip.spectrogram(), bank));
        });
  }

  private static ComputeSpectrogramResponse toProto(Spectrogram spectrogram, Bank bank) {
    return ComputeSpectrogramResponse.newBuilder()
        .setSpectrogram(
            dev.tutti.v1.Spectrogram.newBuilder()
                .setDecibels(TensorMapper.toProto(spectrogram))
                .setStft(StftMapper.toProto(bank.stft())))
        .setDigest(ByteString.copyFrom(spectrogram.digest().toBytes()))
        .build();
  }
}
