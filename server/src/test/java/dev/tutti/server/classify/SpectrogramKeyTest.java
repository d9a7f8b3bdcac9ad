package dev.tutti.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tutti.core.audio.pcm.SampleFormat;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.server.bank.Bank;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever changes the numbers changes the key; the same content has the same key. */
class SpectrogramKeyTest {
  private static final Bank BANK = TestBank.BANK;
  private static final int MAX_SECONDS = 60;

  /** How a clip is taken up. */
  private record Use(Bank bank, LengthPolicy length) {
    SpectrogramKey of(AudioInput audio) {
      return SpectrogramKey.ofClip(audio, bank, length, MAX_SECONDS);
    }
  }

  @Property
  void aClipsKeyIsOfItsBytesAndNotOfTheBuffer(
      @ForAll @Size(min = 1, max = 64) byte[] bytes, @ForAll @IntRange(max = 63) int changed) {
    byte[] other = bytes.clone();
    other[changed % other.length]++;
    for (Use use : uses()) {
      SpectrogramKey key = use.of(file(bytes));
      assertEquals(key, use.of(file(bytes.clone())));
      assertNotEquals(key, use.of(file(other)));
      assertNotEquals(key, use.of(pcm(bytes, SampleFormat.INT16, 4000, 1)));
    }
  }

  @Property
  void everythingThatAClipIsUsedByIsInItsKey(@ForAll @Size(min = 1, max = 64) byte[] bytes) {
    Set<SpectrogramKey> keys = new HashSet<>();
    List<AudioInput> inputs =
        List.of(
            file(bytes),
            pcm(bytes, SampleFormat.INT16, 4000, 1),
            pcm(bytes, SampleFormat.FLOAT32, 4000, 1),
            pcm(bytes, SampleFormat.INT16, 8000, 1),
            pcm(bytes, SampleFormat.INT16, 4000, 2));
    for (AudioInput input : inputs) {
      uses().forEach(use -> keys.add(use.of(input)));
    }
    assertEquals(inputs.size() * uses().size(), keys.size());
  }

  @Test
  void theWindowAndTheLimitCountOnlyWhereTheyMatter() {
    AudioInput audio = file(new byte[1]);
    Bank wider = bank(BANK.stft(), BANK.frames() + 1);
    for (LengthPolicy length : LengthPolicy.values()) {
      SpectrogramKey key = SpectrogramKey.ofClip(audio, BANK, length, MAX_SECONDS);
      assertEquals(
          length == LengthPolicy.KEEP,
          key.equals(SpectrogramKey.ofClip(audio, wider, length, MAX_SECONDS)));
      assertEquals(
          length == LengthPolicy.STRICT,
          key.equals(SpectrogramKey.ofClip(audio, BANK, length, MAX_SECONDS + 1)));
    }
  }

  @Property
  void notesAndMixturesAreKnownByTheirDigestAndTheAnalysis(@ForAll int one, @ForAll int other) {
    ContentDigest digest = ContentDigest.builder().add(one).build();
    ContentDigest another = ContentDigest.builder().add(other).build();
    Set<SpectrogramKey> keys = new HashSet<>();
    List<Bank> banks = uses().stream().map(Use::bank).distinct().toList();
    for (Bank bank : banks) {
      keys.add(SpectrogramKey.ofNote(digest, bank));
      keys.add(SpectrogramKey.ofMixture(digest, bank));
      assertEquals(
          one == other,
          SpectrogramKey.ofNote(digest, bank).equals(SpectrogramKey.ofNote(another, bank)));
      assertEquals(
          one == other,
          SpectrogramKey.ofMixture(digest, bank).equals(SpectrogramKey.ofMixture(another, bank)));
    }
    assertEquals(2 * banks.size(), keys.size());
  }

  @Property
  void whatIsSentIsKnownByItsValues(@ForAll @Size(12) float[] values) {
    SpectrogramKey key = SpectrogramKey.ofSent(Spectrogram.of(3, 4, values));
    assertEquals(key, SpectrogramKey.ofSent(Spectrogram.of(3, 4, values.clone())));
    assertNotEquals(key, SpectrogramKey.ofSent(Spectrogram.of(4, 3, values)));
    float[] other = values.clone();
    other[5] = values[5] + 1 == values[5] ? 0 : values[5] + 1;
    assertNotEquals(key, SpectrogramKey.ofSent(Spectrogram.of(3, 4, other)));
  }

  @Test
  void kindsDoNotCollideWhateverTheyAreMadeOf() {
    ContentDigest digest = ContentDigest.builder().build();
    assertEquals(
        SpectrogramKey.Kind.values().length,
        Stream.of(SpectrogramKey.Kind.values())
            .map(kind -> new SpectrogramKey(kind, digest))
            .distinct()
            .count());
    assertEquals(
        4,
        Stream.of(
                SpectrogramKey.ofClip(file(new byte[1]), BANK, LengthPolicy.FIT, MAX_SECONDS),
                SpectrogramKey.ofNote(digest, BANK),
                SpectrogramKey.ofMixture(digest, BANK),
                SpectrogramKey.ofSent(TestBank.spectrogram(0)))
            .map(SpectrogramKey::kind)
            .distinct()
            .count());
  }

  /** A name or other weights change no spectrogram. */
  @Test
  void banksThatHearAlikeShareSpectrograms() {
    Bank other =
        new Bank(
            "other",
            7,
            "cd".repeat(32),
            BANK.families(),
            BANK.bins(),
            BANK.frames(),
            BANK.stft(),
            BANK.thresholds(),
            5,
            Instant.MAX);
    for (LengthPolicy length : LengthPolicy.values()) {
      AudioInput audio = file(new byte[1]);
      assertEquals(new Use(BANK, length).of(audio), new Use(other, length).of(audio));
    }
  }

  /** Under every length policy, with each parameter of the analysis once another. */
  private static List<Use> uses() {
    StftParameters s = BANK.stft();
    return Stream.of(
            s,
            new StftParameters(8000, s.nFft(), s.hopLength(), s.winLength(), s.amin(), s.topDb()),
            new StftParameters(4000, 16, s.hopLength(), s.winLength(), s.amin(), s.topDb()),
            new StftParameters(4000, s.nFft(), 2, s.winLength(), s.amin(), s.topDb()),
            new StftParameters(4000, s.nFft(), s.hopLength(), 4, s.amin(), s.topDb()),
            new StftParameters(4000, s.nFft(), s.hopLength(), s.winLength(), 1e-6f, s.topDb()),
            new StftParameters(4000, s.nFft(), s.hopLength(), s.winLength(), s.amin(), 80))
        .map(stft -> bank(stft, BANK.frames()))
        .flatMap(bank -> Stream.of(LengthPolicy.values()).map(length -> new Use(bank, length)))
        .toList();
  }

  private static Bank bank(StftParameters stft, int frames) {
    return new Bank(
        BANK.name(),
        BANK.version(),
        BANK.digest(),
        BANK.families(),
        stft.bins(),
        frames,
        stft,
        BANK.thresholds(),
        BANK.parameters(),
        BANK.loadTime());
  }

  private static AudioInput file(byte[] bytes) {
    return new AudioInput.EncodedFile(ByteBuffer.wrap(bytes));
  }

  private static AudioInput pcm(byte[] bytes, SampleFormat format, int rate, int channels) {
    return new AudioInput.Pcm(ByteBuffer.wrap(bytes), format, rate, channels);
  }
}
