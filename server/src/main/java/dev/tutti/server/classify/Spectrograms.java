package dev.tutti.server.classify;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.error.InvalidInputException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Spectrograms of clips: cached by what they are made of, computed on the DSP pool. */
public final class Spectrograms {
  /** Those of the banks served; more are made anew in turns. */
  private static final int MAX_EXTRACTORS = 4;

  private final SharedCache<SpectrogramKey, ClipSpectrogram> cache;
  private final DspPool pool;
  private final int maxClipSeconds;
  private final LoadingCache<StftParameters, SpectrogramExtractor> extractors =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(MAX_EXTRACTORS)
          .build(SpectrogramExtractor::new);

  public Spectrograms(
      SharedCache<SpectrogramKey, ClipSpectrogram> cache, DspPool pool, int maxClipSeconds) {
    this.cache = cache;
    this.pool = pool;
    this.maxClipSeconds = maxClipSeconds;
  }

  /** What makes the spectrograms of a bank: one for all threads and clips. */
  public SpectrogramExtractor extractor(Bank bank) {
    return extractors.get(bank.stft());
  }

  /** The spectrogram of a clip under a bank's parameters. */
  public SharedCache.Lookup<ClipSpectrogram> of(
      AudioInput audio, Bank bank, LengthPolicy length, boolean bypassCache, Pass pass) {
    if (bypassCache) {
      return new SharedCache.Lookup<>(submit(audio, bank, length, Optional.empty(), pass), false);
    }
    SpectrogramKey key = SpectrogramKey.ofClip(audio, bank, length, maxClipSeconds);
    return cache.get(key, pass, joined -> submit(audio, bank, length, Optional.of(key), joined));
  }

  private Queued<ClipSpectrogram> submit(
      AudioInput audio, Bank bank, LengthPolicy length, Optional<SpectrogramKey> key, Pass pass) {
    return pool.submit(pass, audio.bytes(), token -> compute(audio, bank, length, key, token));
  }

  /**
   * The spectrogram of the first window of a clip that is known before it is read, such as a note.
   *
   * @param key names it; empty to bypass the cache
   */
  public CompletableFuture<ClipSpectrogram> of(
      Optional<SpectrogramKey> key, Callable<AudioClip> clip, Bank bank, Pass pass) {
    Function<Pass, Queued<ClipSpectrogram>> work =
        joined -> pool.submit(joined, 0, token -> compute(clip.call(), bank, key, token));
    return key.isEmpty() ? work.apply(pass) : cache.get(key.get(), pass, work).value();
  }

  private ClipSpectrogram compute(
      AudioInput audio,
      Bank bank,
      LengthPolicy length,
      Optional<SpectrogramKey> key,
      CancellationToken token) {
    try (AudioReader reader = audio.open()) {
      ClipPart part = new PartReader(reader, bank, maxClipSeconds, token).read(length);
      AudioClip atRate = part.clip().resample(bank.stft().sampleRate());
      token.throwIfCancelled();
      AudioClip input = length == LengthPolicy.FIT ? atRate.fit(bank.windowSamples()) : atRate;
      double analyzed = Math.min(part.clip().seconds(), input.seconds());
      return new ClipSpectrogram(
          key, extractor(bank).extract(input), part.wholeSeconds(), analyzed);
    } catch (InvalidAudioException e) {
      throw new InvalidInputException(audio.field(), e.getMessage(), e);
    }
  }

  private ClipSpectrogram compute(
      AudioClip clip, Bank bank, Optional<SpectrogramKey> key, CancellationToken token) {
    int needed = (int) Math.min(clip.length(), PartReader.neededToFit(bank, clip.sampleRate()));
    AudioClip atRate = clip.fit(needed).resample(bank.stft().sampleRate());
    token.throwIfCancelled();
    AudioClip input = atRate.fit(bank.windowSamples());
    double analyzed = Math.min(clip.seconds(), input.seconds());
    return new ClipSpectrogram(key, extractor(bank).extract(input), clip.seconds(), analyzed);
  }
}
