package dev.tutti.server.grpc;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.grpc.call.TimeMapper;
import dev.tutti.server.wire.StftMapper;
import dev.tutti.v1.ModelBank;
import java.util.List;

/** Banks, from the domain onto the wire. */
final class BankMapper {
  private BankMapper() {}

  static ModelBank toProto(Bank bank, List<String> labels) {
    return ModelBank.newBuilder()
        .setName(bank.name())
        .setVersion(bank.version())
        .addAllLabels(labels)
        .setDigest(bank.digest())
        .addAllFamilies(FamilyMapper.toProto(bank.families()))
        .addAllMissingFamilies(FamilyMapper.toProto(bank.families().complement()))
        .addInputShape(bank.bins())
        .addInputShape(bank.frames())
        .setStft(StftMapper.toProto(bank.stft()))
        .setWindowSamples(bank.windowSamples())
        .addAllThresholds(FamilyMapper.toProto(bank.thresholds()))
        .setParameters(bank.parameters())
        .setLoadTime(TimeMapper.toProto(bank.loadTime()))
        .build();
  }
}
