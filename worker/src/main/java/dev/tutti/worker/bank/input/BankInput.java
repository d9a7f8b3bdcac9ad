package dev.tutti.worker.bank.input;

import dev.tutti.core.spectrogram.StftParameters;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every model of a bank looks at: one spectrogram in decibels.
 *
 * @param bins frequency bins
 * @param frames time steps
 * @param stft how it is computed
 */
public record BankInput(int bins, int frames, StftParameters stft) {
  /** The float32 bytes of one spectrogram. */
  public int rowBytes() {
    return rowBytes(InputKind.DECIBELS_FLOAT32);
  }

  /** The bytes of one row of a kind that is accepted. */
  public int rowBytes(InputKind kind) {
    return Math.multiplyExact(kind.isAudio() ? samples() : bins * frames, kind.elementBytes());
  }

  /** The samples of audio that make one spectrogram. */
  public int samples() {
    return Math.multiplyExact(frames - 1, stft.hopLength());
  }

  /** The kinds of rows that can be made into this spectrogram. */
  public List<InputKind> kinds() {
    return Arrays.stream(InputKind.values()).filter(kind -> obstacle(kind).isEmpty()).toList();
  }

  /** Why a kind of rows cannot be made into this spectrogram. */
  Optional<String> obstacle(InputKind kind) {
    if (kind.isAudio() && bins != stft.bins()) {
      return Optional.of(
          "its models look at %d frequency bins, and its STFT gives %d"
              .formatted(bins, stft.bins()));
    }
    boolean fits = (long) (frames - 1) * stft.hopLength() <= Integer.MAX_VALUE / Float.BYTES;
    if (kind.isAudio() && (frames < 2 || !fits)) {
      return Optional.of("%d frames with a hop of %d samples".formatted(frames, stft.hopLength()));
    }
    return Optional.empty();
  }

  /**
   * Compares a row's length with what it should be.
   *
   * @param number of the row, for the message
   * @throws InvalidBatchException if they differ
   */
  void requireLength(ByteBuffer row, InputKind kind, int number) {
    if (row.remaining() != rowBytes(kind)) {
      String wanted =
          kind.isAudio() ? samples() + " samples of" : "%d x %d".formatted(bins, frames);
      throw new InvalidBatchException(
          "row %d has %d bytes; %s %s are %d"
              .formatted(number, row.remaining(), wanted, kind.type(), rowBytes(kind)));
    }
  }
}
