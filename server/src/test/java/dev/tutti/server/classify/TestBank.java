package dev.tutti.server.classify;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.error.NotFoundException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A bank of three families whose input is small: 5 bins x 11 frames, 40 samples at 4 kHz. */
public final class TestBank {
  public static final StftParameters STFT =
      new StftParameters(4000, 8, 4, 8, 1e-5f, Float.POSITIVE_INFINITY);
  public static final FamilySet FAMILIES =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.FLUTE, InstrumentFamily.VOCAL);
  public static final Bank BANK =
      new Bank(
          "default",
          0,
          "ab".repeat(32),
          FAMILIES,
          5,
          11,
          STFT,
          Thresholds.uniform(FAMILIES, 0.5),
          123,
          Instant.EPOCH);

  private TestBank() {}

  /** A spectrogram of the bank's shape with the same value everywhere. */
  public static Spectrogram spectrogram(float value) {
    float[] values = new float[BANK.bins() * BANK.frames()];
    Arrays.fill(values, value);
    return Spectrogram.of(BANK.bins(), BANK.frames(), values);
  }

  /** Banks that hold this one alone. */
  public static Banks banks() {
    return new Banks() {
      @Override
      public List<Bank> all() {
        return List.of(BANK);
      }

      @Override
      public Bank require(String name) {
        if (!name.isEmpty() && !name.equals(BANK.name())) {
          throw new NotFoundException("model bank", name, List.of(BANK.name()));
        }
        return BANK;
      }
    };
  }
}
