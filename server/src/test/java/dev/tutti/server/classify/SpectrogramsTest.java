package dev.tutti.server.classify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.server.batching.Lane;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.error.InvalidInputException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpectrogramsTest {
  private static final int RATE = TestBank.STFT.sampleRate();
  private static final int WINDOW = TestBank.BANK.windowSamples();

  private final SignalPool pool = new SignalPool(new SignalConfig(1, 10, 1));
  private final Spectrograms spectrograms =
      new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 1);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void fitPadsAShortClipAndSaysHowMuchWasSeen() throws Exception {
    AudioInput half = TestAudio.input(WINDOW / 2);
    ClipSpectrogram result = compute(half, LengthPolicy.FIT);
    assertEquals(0.005, result.clipSeconds());
    assertEquals(0.005, result.analyzedSeconds());
    assertArrayEquals(
        extract(TestAudio.clip(WINDOW / 2).fit(WINDOW)).values(), result.spectrogram().values());
  }

  @Test
  void fitTakesTheFirstWindowOfALongClip() throws Exception {
    AudioInput tenMinutes = TestAudio.input(600 * RATE);
    ClipSpectrogram result = compute(tenMinutes, LengthPolicy.FIT);
    assertEquals(600, result.clipSeconds());
    assertEquals(0.01, result.analyzedSeconds());
    assertArrayEquals(extract(TestAudio.clip(WINDOW)).values(), result.spectrogram().values());
  }

  @Test
  void strictTakesExactlyTheWindow() throws Exception {
    assertEquals(0.01, compute(TestAudio.input(WINDOW), LengthPolicy.STRICT).analyzedSeconds());
    String message = refusal(TestAudio.input(WINDOW + 1), LengthPolicy.STRICT);
    assertTrue(message.contains("41 samples at 4000 Hz"), message);
    assertTrue(message.contains("exactly 40"), message);
  }

  @Test
  void keepTakesAnyLengthUpToTheLimit() throws Exception {
    ClipSpectrogram second = compute(TestAudio.input(RATE), LengthPolicy.KEEP);
    assertEquals(TestBank.STFT.frames(RATE), second.spectrogram().frames());
    assertEquals(1, second.analyzedSeconds());
    String message = refusal(TestAudio.input(RATE + 1), LengthPolicy.KEEP);
    assertTrue(message.contains("at most 1 s"), message);
  }

  @Test
  void aHitNeedsNeitherDecodingNorThePool() throws Exception {
    ClipSpectrogram first = compute(TestAudio.input(WINDOW), LengthPolicy.FIT);
    pool.close();
    SharedCache.Lookup<ClipSpectrogram> again =
        lookup(TestAudio.input(WINDOW), LengthPolicy.FIT, false);
    assertTrue(again.hit());
    assertSame(first, again.value().join());
  }

  @Test
  void anotherLengthPolicyIsAnotherResult() throws Exception {
    AudioInput audio = TestAudio.input(WINDOW / 2);
    compute(audio, LengthPolicy.FIT);
    ClipSpectrogram kept = compute(audio, LengthPolicy.KEEP);
    assertEquals(TestBank.STFT.frames(WINDOW / 2), kept.spectrogram().frames());
    refusal(audio, LengthPolicy.STRICT);
  }

  @Test
  void bypassingTheCacheNeitherReadsNorWrites() throws Exception {
    AudioInput audio = TestAudio.input(WINDOW);
    SharedCache.Lookup<ClipSpectrogram> bypassing = lookup(audio, LengthPolicy.FIT, true);
    ClipSpectrogram anew = bypassing.value().get(30, TimeUnit.SECONDS);
    assertFalse(lookup(audio, LengthPolicy.FIT, false).hit());
    ClipSpectrogram cached = compute(audio, LengthPolicy.FIT);
    assertNotSame(anew, cached);
    assertNotSame(cached, lookup(audio, LengthPolicy.FIT, true).value().get(30, TimeUnit.SECONDS));
  }

  @Test
  void aNamedClipIsReadOnce() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    ContentDigest name = ContentDigest.builder().add("a note").build();
    for (int i = 0; i < 2; i++) {
      spectrograms
          .of(
              name,
              () -> {
                reads.incrementAndGet();
                return TestAudio.clip(WINDOW);
              },
              TestBank.BANK,
              false,
              Lane.BATCH)
          .get(30, TimeUnit.SECONDS);
    }
    assertEquals(1, reads.get());
  }

  private SharedCache.Lookup<ClipSpectrogram> lookup(
      AudioInput audio, LengthPolicy length, boolean bypass) {
    return spectrograms.of(audio, TestBank.BANK, length, bypass, Lane.INTERACTIVE);
  }

  private ClipSpectrogram compute(AudioInput audio, LengthPolicy length) throws Exception {
    return lookup(audio, length, false).value().get(30, TimeUnit.SECONDS);
  }

  private String refusal(AudioInput audio, LengthPolicy length) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> compute(audio, length));
    InvalidInputException refusal =
        assertInstanceOf(InvalidInputException.class, failure.getCause());
    assertEquals("audio", refusal.field());
    return refusal.getMessage();
  }

  private static Spectrogram extract(AudioClip clip) {
    return new SpectrogramExtractor(TestBank.STFT).extract(clip);
  }
}
