package dev.tutti.server.grpc;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.grpc.call.UnaryAnswer;
import dev.tutti.v1.GetModelBankRequest;
import dev.tutti.v1.GetModelBankResponse;
import dev.tutti.v1.GetThresholdsRequest;
import dev.tutti.v1.GetThresholdsResponse;
import dev.tutti.v1.ListModelBanksRequest;
import dev.tutti.v1.ListModelBanksResponse;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.ReloadModelBankRequest;
import dev.tutti.v1.ReloadModelBankResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code tutti.v1.ModelService}. */
public final class ModelEndpoint extends ModelServiceGrpc.ModelServiceImplBase {
  private final Banks banks;
  private final Supplier<CompletableFuture<Bank>> reload;

  /**
   * @param reload replaces the models by the newest on disk
   */
  public ModelEndpoint(Banks banks, Supplier<CompletableFuture<Bank>> reload) {
    this.banks = banks;
    this.reload = reload;
  }

  @Override
  public void listModelBanks(
      ListModelBanksRequest request, StreamObserver<ListModelBanksResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () ->
            ListModelBanksResponse.newBuilder()
                .addAllBanks(
                    banks.all().stream()
                        .map(bank -> BankMapper.toProto(bank, banks.labels(bank)))
                        .toList())
                .build());
  }

  @Override
  public void getModelBank(
      GetModelBankRequest request, StreamObserver<GetModelBankResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () -> {
          Bank bank = banks.require(request.getName());
          return GetModelBankResponse.newBuilder()
              .setBank(BankMapper.toProto(bank, banks.labels(bank)))
              .build();
        });
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

  @Override
  public void reloadModelBank(
      ReloadModelBankRequest request, StreamObserver<ReloadModelBankResponse> observer) {
    UnaryAnswer.send(
        observer,
        () -> {
          banks.require(request.getName());
          return reload
              .get()
              .thenApply(
                  bank ->
                      ReloadModelBankResponse.newBuilder()
                          .setBank(BankMapper.toProto(bank, banks.labels(bank)))
                          .build());
        });
  }
}
