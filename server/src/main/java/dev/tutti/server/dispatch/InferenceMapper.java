package dev.tutti.server.dispatch;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.bank.Bank;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Between the worker's messages and the gateway's own types. */
final class InferenceMapper {
  private InferenceMapper() {}

  static InferRequest request(String bankDigest, List<Spectrogram> batch) {
    InferRequest.Builder request = InferRequest.newBuilder().setBankDigest(bankDigest);
    for (Spectrogram spectrogram : batch) {
      request.addRows(littleEndian(spectrogram.values()));
    }
    return request.build();
  }

  /**
   * @throws IllegalStateException when the worker answered another number of probabilities
   */
  static List<float[]> rows(InferResponse response, int rows, int families) {
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
    FloatBuffer values =
        bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    List<float[]> result = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      float[] row = new float[families];
      values.get(row);
      result.add(row);
    }
    return result;
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
                .map(family -> InstrumentFamily.ofNsynthId(family.getNumber() - 1).orElseThrow())
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
        stft(response.getStft()),
        Thresholds.of(families, thresholds),
        response.getParameters(),
        loadTime);
  }

  private static StftParameters stft(dev.tutti.v1.StftParameters stft) {
    return new StftParameters(
        stft.getSampleRateHz(),
        stft.getNFft(),
        stft.getHopLength(),
        stft.getWinLength(),
        stft.getAmin(),
        stft.hasTopDb() ? stft.getTopDb() : Float.POSITIVE_INFINITY);
  }

  private static ByteString littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
