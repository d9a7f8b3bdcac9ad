package dev.tutti.worker.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.tutti.core.content.PackedFloats;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.worker.bank.BankDescription;
import dev.tutti.worker.bank.BatchAnswer;
import dev.tutti.worker.bank.input.InputKind;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferResponse;

/** Makes messages of the bank's records. */
final class BankMessages {
  private BankMessages() {}

  static DescribeBankResponse description(BankDescription bank) {
    DescribeBankResponse.Builder response =
        DescribeBankResponse.newBuilder()
            .setDigest(bank.digest().hex())
            .addInputShape(bank.input().bins())
            .addInputShape(bank.input().frames())
            .setStft(stft(bank.input().stft()))
            .setParameters(bank.parameters())
            .addAllBatchSizes(bank.batchSizes().sizes());
    for (InputKind kind : bank.input().kinds()) {
      response.addInputKinds(WireInputs.kind(kind));
      if (kind.isAudio()) {
        response.setAudioSamples(bank.input().samples());
      }
    }
    Thresholds thresholds = bank.thresholds();
    for (int position = 0; position < thresholds.families().size(); position++) {
      dev.tutti.v1.InstrumentFamily family = family(thresholds.families().get(position));
      response
          .addFamilies(family)
          .addThresholds(
              FamilyThreshold.newBuilder()
                  .setFamily(family)
                  .setThreshold(thresholds.get(position)));
    }
    return response.build();
  }

  static InferResponse answer(BatchAnswer answer) {
    byte[] probabilities = PackedFloats.pack(answer.probabilities());
    return InferResponse.newBuilder()
        .setProbabilities(UnsafeByteOperations.unsafeWrap(probabilities))
        .setSessionMicros(answer.sessionMicros())
        .build();
  }

  /** The message's number is the NSynth id plus one. */
  private static dev.tutti.v1.InstrumentFamily family(InstrumentFamily family) {
    return dev.tutti.v1.InstrumentFamily.forNumber(family.nsynthId() + 1);
  }

  private static dev.tutti.v1.StftParameters stft(StftParameters stft) {
    dev.tutti.v1.StftParameters.Builder message =
        dev.tutti.v1.StftParameters.newBuilder()
            .setSampleRateHz(stft.sampleRate())
            .setNFft(stft.nFft())
            .setHopLength(stft.hopLength())
            .setWinLength(stft.winLength())
            .setAmin(stft.amin());
    if (Float.isFinite(stft.topDb())) {
      message.setTopDb(stft.topDb());
    }
    return message.build();
  }
}
