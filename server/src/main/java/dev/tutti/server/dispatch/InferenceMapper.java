package dev.tutti.server.dispatch;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tutti.core.content.PackedFloats;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.wire.InstrumentMapper;
import dev.tutti.server.wire.StftMapper;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import io.grpc.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Between the worker's messages and the gateway's own types. */
final class InferenceMapper {
  private static final Metadata.Key<String> REQUEST_IDS =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  /** Within what any server takes as metadata. */
  private static final int MOST_IDS = 16;

  private InferenceMapper() {}

  /** Names the requests that a batch is of, as far as there is room. */
  static Metadata metadata(Set<String> requestIds) {
    Metadata metadata = new Metadata();
    if (!requestIds.isEmpty()) {
      metadata.put(
          REQUEST_IDS,
          requestIds.stream().sorted().limit(MOST_IDS).collect(Collectors.joining(",")));
    }
    return metadata;
  }

  static InferRequest request(String bankDigest, List<Spectrogram> batch) {
    InferRequest.Builder request = InferRequest.newBuilder().setBankDigest(bankDigest);
    for (Spectrogram spectrogram : batch) {
      request.addRows(UnsafeByteOperations.unsafeWrap(spectrogram.toLittleEndian()));
    }
    return request.build();
  }

  /**
   * @throws IllegalStateException when the worker answered another number of probabilities
   */
  static WorkerRows rows(InferResponse response, int rows, int families) {
    ByteString bytes = response.getProbabilities();
    if (bytes.size() != rows * families * Float.BYTES) {
      throw new IllegalStateException(
          "A worker answered "
              + bytes.size()
              + " bytes for "
              + rows
              + " x "
              + families
              + " floats");
    }
    float[] values = PackedFloats.unpack(bytes.asReadOnlyByteBuffer());
    List<float[]> result = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      result.add(Arrays.copyOfRange(values, i * families, (i + 1) * families));
    }
    return new WorkerRows(result, response.getSessionMicros());
  }

  /** Most rows of one call to this worker; any number where it does not say. */
  static int largestBatch(DescribeBankResponse response) {
    return response.getBatchSizesList().stream()
        .mapToInt(Integer::intValue)
        .filter(size -> size > 0)
        .max()
        .orElse(Integer.MAX_VALUE);
  }

  static Bank bank(String name, int version, DescribeBankResponse response, Instant loadTime) {
    FamilySet families =
        FamilySet.of(
            response.getFamiliesList().stream()
                .map(family -> InstrumentMapper.fromProto(family).orElseThrow())
                .toList());
    double[] thresholds =
        response.getThresholdsList().stream().mapToDouble(t -> t.getThreshold()).toArray();
    return new Bank(
        name,
        version,
        response.getDigest(),
        families,
        Math.toIntExact(response.getInputShape(0)),
        Math.toIntExact(response.getInputShape(1)),
        StftMapper.fromProto(response.getStft()),
        Thresholds.of(families, thresholds),
        response.getParameters(),
        loadTime);
  }
}
