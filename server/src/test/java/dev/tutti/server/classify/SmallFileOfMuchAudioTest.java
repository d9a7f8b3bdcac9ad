package dev.tutti.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.flac.FlacEncoder;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A minute of silence in a FLAC file of few bytes: what a policy does not need is not decoded. */
class SmallFileOfMuchAudioTest {
  private static final int SECONDS = 60;
  private static final int RATE = 44_100;
  private static final int MAX_CLIP_SECONDS = 2;

  /** Where the number of samples begins in a FLAC file, with the lower half of a byte. */
  private static final int TOTAL_OFFSET = 21;

  private final DspPool pool =
      new DspPool(new DspConfig(1, 10, 1 << 20, MAX_CLIP_SECONDS), System::nanoTime);
  private final Spectrograms spectrograms =
      new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, MAX_CLIP_SECONDS);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aLengthThatTheFileStatesIsRefusedByIt() {
    byte[] file = silence();
    assertRefused(file, LengthPolicy.STRICT, "The clip has 240000 samples at 4000 Hz");
    assertRefused(file, LengthPolicy.KEEP, "The clip is 60.0 s long; at most 2 s");
  }

  @Test
  void aLengthThatTheFileDoesNotStateIsRefusedAtTheFirstSampleTooMany() {
    byte[] file = withoutTotal(silence());
    assertRefused(file, LengthPolicy.STRICT, "at least 41 samples at 4000 Hz");
    assertRefused(file, LengthPolicy.KEEP, "The clip is longer; at most 2 s");
  }

  @Test
  void fittingTakesTheBeginningAndTheLengthFromTheFileIfItStatesOne() throws Exception {
    ClipSpectrogram stated = compute(silence(), LengthPolicy.FIT);
    assertEquals(SECONDS, stated.clipSeconds());
    assertEquals(0.01, stated.analyzedSeconds());
    ClipSpectrogram unstated = compute(withoutTotal(silence()), LengthPolicy.FIT);
    // As much as was counted: more than was heard, so that the answer says that it heard a part.
    assertEquals(MAX_CLIP_SECONDS, unstated.clipSeconds(), 0.5);
    assertEquals(0.01, unstated.analyzedSeconds());
  }

  private void assertRefused(byte[] file, LengthPolicy length, String said) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> compute(file, length));
    String message = assertInstanceOf(InvalidInputException.class, failure.getCause()).getMessage();
    assertTrue(message.contains(said), message);
  }

  private ClipSpectrogram compute(byte[] file, LengthPolicy length) throws Exception {
    return spectrograms
        .of(
            new AudioInput.EncodedFile(ByteBuffer.wrap(file)),
            TestBank.BANK,
            length,
            false,
            TestPass.of(Lane.INTERACTIVE, "a caller"))
        .value()
        .get(30, TimeUnit.SECONDS);
  }

  private static byte[] silence() {
    return FlacEncoder.encode(AudioClip.of(new float[SECONDS * RATE], RATE));
  }

  private static byte[] withoutTotal(byte[] flac) {
    flac[TOTAL_OFFSET] &= (byte) 0xF0;
    for (int i = 1; i <= 4; i++) {
      flac[TOTAL_OFFSET + i] = 0;
    }
    return flac;
  }
}
