package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.server.batching.Lane;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.error.InvalidInputException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Spectrograms of clips: cached by content, computed on the signal pool. */
public final class Spectrograms {
  private final SharedCache<ContentDigest, ClipSpectrogram> cache;
  private final SignalPool pool;
  private final int maxClipSeconds;

  public Spectrograms(
      SharedCache<ContentDigest, ClipSpectrogram> cache, SignalPool pool, int maxClipSeconds) {
    this.cache = cache;
    this.pool = pool;
    this.maxClipSeconds = maxClipSeconds;
  }

  /** The spectrogram of a clip under a bank's parameters. */
  public SharedCache.Lookup<ClipSpectrogram> of(
      AudioInput audio, Bank bank, LengthPolicy length, boolean bypassCache, Lane lane) {
    Callable<ClipSpectrogram> work = () -> compute(audio.decode(), bank, length);
    if (bypassCache) {
      return new SharedCache.Lookup<>(pool.submit(lane, work), false);
    }
    ContentDigest key = key(audio.digest(), bank, length);
    return cache.get(key, () -> pool.submit(lane, work));
  }

  /** The spectrogram of one window of a clip that is known by a name of its own, such as a note. */
  public CompletableFuture<ClipSpectrogram> of(
      ContentDigest name, Callable<AudioClip> clip, Bank bank, boolean bypassCache, Lane lane) {
    Callable<ClipSpectrogram> work = () -> compute(clip.call(), bank, LengthPolicy.FIT);
    if (bypassCache) {
      return pool.submit(lane, work);
    }
    ContentDigest key = key(name, bank, LengthPolicy.FIT);
    return cache.get(key, () -> pool.submit(lane, work)).value();
  }

  private static ContentDigest key(ContentDigest audio, Bank bank, LengthPolicy length) {
    StftParameters stft = bank.stft();
    return ContentDigest.builder()
        .add(audio.toBytes())
        .add(stft.toString())
        .add(length.name())
        .add(length == LengthPolicy.KEEP ? 0 : bank.windowSamples())
        .build();
  }

  private ClipSpectrogram compute(AudioClip clip, Bank bank, LengthPolicy length) {
    double seconds = clip.seconds();
    if (length == LengthPolicy.KEEP && seconds > maxClipSeconds) {
      throw new InvalidInputException(
          "audio",
          "The clip is " + seconds + " s long; at most " + maxClipSeconds + " s are accepted.");
    }
    AudioClip atRate = beginning(clip, bank, length).resample(bank.stft().sampleRate());
    int window = bank.windowSamples();
    if (length == LengthPolicy.STRICT && atRate.length() != window) {
      throw new InvalidInputException(
          "audio",
          "The clip has "
              + atRate.length()
              + " samples at "
              + bank.stft().sampleRate()
              + " Hz; with LENGTH_POLICY_STRICT exactly "
              + window
              + " are accepted.");
    }
    AudioClip input = length == LengthPolicy.FIT ? atRate.fit(window) : atRate;
    double analyzed = Math.min(seconds, (double) input.length() / input.sampleRate());
    return new ClipSpectrogram(
        new SpectrogramExtractor(bank.stft()).extract(input), seconds, analyzed);
  }

  /** Only what can matter is resampled: of a long file that is fitted, the window and a margin. */
  private static AudioClip beginning(AudioClip clip, Bank bank, LengthPolicy length) {
    if (length != LengthPolicy.FIT) {
      return clip;
    }
    double windowSeconds = (double) bank.windowSamples() / bank.stft().sampleRate();
    long needed = (long) Math.ceil((windowSeconds + 1) * clip.sampleRate());
    return clip.length() <= needed ? clip : clip.fit((int) needed);
  }
}
