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
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.error.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpectrogramsTest {
  private static final int RATE = TestBank.STFT.sampleRate();
  private static final int BLOCK = 1 << 14;
  private static final int WINDOW = TestBank.BANK.windowSamples();

  private final DspPool pool = new DspPool(new DspConfig(1, 10, 32 << 20, 1), System::nanoTime);
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
    ContentDigest fingerprint = ContentDigest.builder().add("a note").build();
    SpectrogramKey key = SpectrogramKey.ofNote(fingerprint, TestBank.BANK);
    for (int i = 0; i < 2; i++) {
      spectrograms
          .of(
              Optional.of(key),
              () -> {
                reads.incrementAndGet();
                return TestAudio.clip(WINDOW);
              },
              TestBank.BANK,
              TestPass.of(Lane.BATCH, "a caller"))
          .get(30, TimeUnit.SECONDS);
    }
    assertEquals(1, reads.get());
  }

  @Test
  void aSpectrogramKeepsTheKeyThatItWasMadeUnder() throws Exception {
    AudioInput audio = TestAudio.input(WINDOW);
    SpectrogramKey key = SpectrogramKey.ofClip(audio, TestBank.BANK, LengthPolicy.FIT, 1);
    assertEquals(Optional.of(key), compute(audio, LengthPolicy.FIT).key());
    assertEquals(
        Optional.empty(),
        lookup(audio, LengthPolicy.FIT, true).value().get(30, TimeUnit.SECONDS).key());
  }

  @Test
  void allClipsOfOneAnalysisShareAnExtractor() {
    assertSame(spectrograms.extractor(TestBank.BANK), spectrograms.extractor(TestBank.BANK));
    assertEquals(TestBank.STFT, spectrograms.extractor(TestBank.BANK).parameters());
  }

  /** Ten minutes of zeros in 24 KB would be less than this. */
  @Test
  void aPolicyReadsNoMoreOfAClipThanItNeeds() {
    int hour = 3600 * RATE;
    for (OptionalLong announced : List.of(OptionalLong.of(hour), OptionalLong.empty())) {
      CountingReader fit = new CountingReader(announced, hour);
      ClipPart part = read(fit, LengthPolicy.FIT);
      assertTrue(part.clip().length() <= WINDOW + RATE + 1, part.clip().length() + " samples");
      assertEquals(announced.isPresent() ? 3600 : 1, part.wholeSeconds(), 0.02);
      assertTrue(fit.read <= 2 * RATE + BLOCK, fit.read + " samples read");

      CountingReader strict = new CountingReader(announced, hour);
      assertThrows(InvalidInputException.class, () -> read(strict, LengthPolicy.STRICT));
      assertTrue(strict.read <= (announced.isPresent() ? 0 : WINDOW + 1), strict.read + " read");

      CountingReader keep = new CountingReader(announced, hour);
      assertThrows(InvalidInputException.class, () -> read(keep, LengthPolicy.KEEP));
      assertTrue(keep.read <= (announced.isPresent() ? 0 : RATE + 1), keep.read + " read");
    }
  }

  @Test
  void theLengthOfAShortClipIsKnownFromReadingIt() {
    CountingReader unannounced = new CountingReader(OptionalLong.empty(), RATE / 2);
    assertEquals(0.5, read(unannounced, LengthPolicy.FIT).wholeSeconds());
    CountingReader exact = new CountingReader(OptionalLong.empty(), WINDOW);
    assertEquals(WINDOW, read(exact, LengthPolicy.STRICT).clip().length());
  }

  @Test
  void strictCountsAtTheBanksRate() {
    // 40 samples at 4,000 Hz are 120 at 12,000, and so are 118 and 119, rounded up.
    for (int samples : new int[] {118, 120}) {
      CountingReader reader = new CountingReader(OptionalLong.empty(), samples, 3 * RATE);
      assertEquals(samples, read(reader, LengthPolicy.STRICT).clip().length());
    }
    for (int samples : new int[] {117, 121}) {
      CountingReader reader = new CountingReader(OptionalLong.empty(), samples, 3 * RATE);
      assertThrows(InvalidInputException.class, () -> read(reader, LengthPolicy.STRICT));
    }
  }

  @Test
  void readingStopsBetweenBlocksOnceNobodyWaits() {
    CountingReader reader = new CountingReader(OptionalLong.empty(), 100 * BLOCK);
    CancellationToken leavesAtOnce = () -> reader.read > 0;
    assertThrows(
        CancellationException.class,
        () -> new PartReader(reader, TestBank.BANK, 3600, leavesAtOnce).read(LengthPolicy.KEEP));
    assertTrue(reader.read <= BLOCK, reader.read + " samples read");
  }

  private static ClipPart read(AudioReader reader, LengthPolicy policy) {
    return new PartReader(reader, TestBank.BANK, 1, () -> false).read(policy);
  }

  /** Silence, counted. */
  private static final class CountingReader implements AudioReader {
    private final OptionalLong announced;
    private final long length;
    private final int rate;
    private long read;

    CountingReader(OptionalLong announced, long length) {
      this(announced, length, RATE);
    }

    CountingReader(OptionalLong announced, long length, int rate) {
      this.announced = announced;
      this.length = length;
      this.rate = rate;
    }

    @Override
    public int sampleRate() {
      return rate;
    }

    @Override
    public OptionalLong length() {
      return announced;
    }

    @Override
    public int read(float[] block, int offset, int count) {
      if (read == length) {
        return -1;
      }
      int taken = (int) Math.min(count, length - read);
      read += taken;
      return taken;
    }
  }

  private SharedCache.Lookup<ClipSpectrogram> lookup(
      AudioInput audio, LengthPolicy length, boolean bypass) {
    return spectrograms.of(
        audio, TestBank.BANK, length, bypass, TestPass.of(Lane.INTERACTIVE, "a caller"));
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
