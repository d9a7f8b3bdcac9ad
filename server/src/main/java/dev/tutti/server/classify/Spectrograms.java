package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.error.InvalidInputException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Spectrograms of clips: cached by content, computed on the DSP pool. */
public final class Spectrograms {
  private final SharedCache<ContentDigest, ClipSpectrogram> cache;
  private final DspPool pool;
  private final int maxClipSeconds;

  public Spectrograms(
      SharedCache<ContentDigest, ClipSpectrogram> cache, DspPool pool, int maxClipSeconds) {
    this.cache = cache;
    this.pool = pool;
    this.maxClipSeconds = maxClipSeconds;
  }

  /** The spectrogram of a clip under a bank's parameters. */
  public SharedCache.Lookup<ClipSpectrogram> of(
      AudioInput audio, Bank bank, LengthPolicy length, boolean bypassCache, Pass pass) {
    Function<Pass, Queued<ClipSpectrogram>> work =
        joined -> pool.submit(joined, audio.bytes(), token -> compute(audio, bank, length, token));
    return bypassCache
        ? new SharedCache.Lookup<>(work.apply(pass), false)
        : cache.get(key(audio.digest(), bank, length), pass, work);
  }

  /** The spectrogram of one window of a clip that is known by a name of its own, such as a note. */
  public CompletableFuture<ClipSpectrogram> of(
      ContentDigest name, Callable<AudioClip> clip, Bank bank, boolean bypassCache, Pass pass) {
    Function<Pass, Queued<ClipSpectrogram>> work =
        joined -> pool.submit(joined, 0, token -> compute(clip.call(), bank, token));
    return bypassCache
        ? work.apply(pass)
        : cache.get(key(name, bank, LengthPolicy.FIT), pass, work).value();
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

  private ClipSpectrogram compute(
      AudioInput audio, Bank bank, LengthPolicy length, CancellationToken token) {
    try (AudioReader reader = audio.open()) {
      ClipPart part = new PartReader(reader, bank, maxClipSeconds, token).read(length);
      AudioClip atRate = part.clip().resample(bank.stft().sampleRate());
      token.throwIfCancelled();
      AudioClip input = length == LengthPolicy.FIT ? atRate.fit(bank.windowSamples()) : atRate;
      return extract(input, part.clip().seconds(), part.wholeSeconds(), bank);
    } catch (InvalidAudioException e) {
      throw new InvalidInputException(audio.field(), e.getMessage(), e);
    }
  }

  private static ClipSpectrogram compute(AudioClip clip, Bank bank, CancellationToken token) {
    int needed = (int) Math.min(clip.length(), PartReader.neededToFit(bank, clip.sampleRate()));
    AudioClip atRate = clip.fit(needed).resample(bank.stft().sampleRate());
    token.throwIfCancelled();
    return extract(atRate.fit(bank.windowSamples()), clip.seconds(), clip.seconds(), bank);
  }

  private static ClipSpectrogram extract(
      AudioClip input, double readSeconds, double wholeSeconds, Bank bank) {
    double analyzed = Math.min(readSeconds, (double) input.length() / input.sampleRate());
    return new ClipSpectrogram(
        new SpectrogramExtractor(bank.stft()).extract(input), wholeSeconds, analyzed);
  }
}
