package dev.tutti.server.grpc;

import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.Banks;
import dev.tutti.v1.GetModelBankRequest;
import dev.tutti.v1.GetModelBankResponse;
import dev.tutti.v1.GetThresholdsRequest;
import dev.tutti.v1.GetThresholdsResponse;
import dev.tutti.v1.ListModelBanksRequest;
import dev.tutti.v1.ListModelBanksResponse;
import dev.tutti.v1.ModelServiceGrpc;
import io.grpc.stub.StreamObserver;

/** {@code tutti.v1.ModelService}. */
final class ModelEndpoint extends ModelServiceGrpc.ModelServiceImplBase {
  private final Banks banks;

  ModelEndpoint(Banks banks) {
    this.banks = banks;
  }

  @Override
  public void listModelBanks(
      ListModelBanksRequest request, StreamObserver<ListModelBanksResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () ->
            ListModelBanksResponse.newBuilder()
                .addAllBanks(banks.all().stream().map(BankMapper::toProto).toList())
                .build());
  }

  @Override
  public void getModelBank(
      GetModelBankRequest request, StreamObserver<GetModelBankResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () ->
            GetModelBankResponse.newBuilder()
                .setBank(BankMapper.toProto(banks.require(request.getName())))
                .build());
  }

  @Override
  public void getThresholds(
      GetThresholdsRequest request, StreamObserver<GetThresholdsResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () -> {
          Bank bank = banks.require(request.getBank());
          return GetThresholdsResponse.newBuilder()
              .setBankDigest(bank.digest())
              .addAllThresholds(FamilyMapper.toProto(bank.thresholds()))
              .build();
        });
  }
}
