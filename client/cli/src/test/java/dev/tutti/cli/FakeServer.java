package dev.tutti.cli;

import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.FamilyPrediction;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.GetModelBankRequest;
import dev.tutti.v1.GetModelBankResponse;
import dev.tutti.v1.InstrumentFamily;
import dev.tutti.v1.ModelBank;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.Pcm;
import dev.tutti.v1.StftParameters;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway on a port of this machine. Its bank has bass and vocal and hears 4 s at 4 kHz; the
 * probability of bass is the first sample that it is sent.
 */
final class FakeServer implements AutoCloseable {
  static final int RATE = 4000;
  static final int WINDOW = 16_000;

  private final Server server;
  private final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger mostUnderWay = new AtomicInteger();
  final AtomicInteger calls = new AtomicInteger();

  /** Calls are answered once so many are under way. */
  CountDownLatch gate = new CountDownLatch(0);

  FakeServer() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Models())
            .addService(new Classification())
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Models extends ModelServiceGrpc.ModelServiceImplBase {
    @Override
    public void getModelBank(
        GetModelBankRequest request, StreamObserver<GetModelBankResponse> observer) {
      ModelBank.Builder bank =
          ModelBank.newBuilder()
              .setName("default")
              .setDigest("abc")
              .addInputShape(5)
              .addInputShape(11)
              .setStft(StftParameters.newBuilder().setSampleRateHz(RATE))
              .setWindowSamples(WINDOW);
      for (InstrumentFamily family : families()) {
        bank.addFamilies(family)
            .addThresholds(FamilyThreshold.newBuilder().setFamily(family).setThreshold(0.5));
      }
      observer.onNext(GetModelBankResponse.newBuilder().setBank(bank).build());
      observer.onCompleted();
    }
  }

  private static InstrumentFamily[] families() {
    return new InstrumentFamily[] {
      InstrumentFamily.INSTRUMENT_FAMILY_BASS, InstrumentFamily.INSTRUMENT_FAMILY_VOCAL
    };
  }

  private final class Classification
      extends ClassificationServiceGrpc.ClassificationServiceImplBase {
    @Override
    public void classify(ClassifyRequest request, StreamObserver<ClassifyResponse> observer) {
      calls.incrementAndGet();
      mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      gate.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Pcm pcm = request.getAudio().getPcm();
      float first =
          pcm.getSamples().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat();
      double seconds = pcm.getSamples().size() / (double) Float.BYTES / pcm.getSampleRateHz();
      ClassifyResponse.Builder answer =
          ClassifyResponse.newBuilder()
              .setBank("default")
              .setInputSeconds(seconds)
              .setAnalyzedSeconds(Math.min(seconds, (double) WINDOW / RATE));
      float[] probabilities = {first, 0.25f};
      for (int i = 0; i < probabilities.length; i++) {
        answer.addPredictions(
            FamilyPrediction.newBuilder()
                .setFamily(families()[i])
                .setProbability(probabilities[i])
                .setThreshold(0.5)
                .setPresent(probabilities[i] > 0.5));
      }
      underWay.decrementAndGet();
      observer.onNext(answer.build());
      observer.onCompleted();
    }
  }
}
