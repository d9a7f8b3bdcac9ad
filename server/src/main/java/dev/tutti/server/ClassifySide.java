package dev.tutti.server;

import dev.tutti.server.async.Closeables;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.batching.Inference;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.ClipSpectrogram;
import dev.tutti.server.classify.DspPool;
import dev.tutti.server.classify.ProbabilityKey;
import dev.tutti.server.classify.SpectrogramKey;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.evaluate.MixtureClassifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a clip, a spectrogram or a mixture to a sample in a batch: signal processing and caches. */
final class ClassifySide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClassifySide.class);

  /** What a key and its entry weigh besides the value. */
  private static final int KEY_BYTES = 160;

  private final Closeables closeables = new Closeables(Gateway.CLOSE_LIMIT, log::warn);
  private final Spectrograms spectrograms;
  private final Classifier classifier;
  private final MixtureClassifier mixtures;

  /**
   * @param batcher takes the samples
   */
  ClassifySide(GatewayConfig config, Batcher batcher) {
    DspPool dsp = closeables.add("DSP pool", new DspPool(config.dsp(), System::nanoTime));
    spectrograms =
        new Spectrograms(
            new SharedCache<SpectrogramKey, ClipSpectrogram>(
                config.cache().spectrogramBytes(),
                (key, clip) -> KEY_BYTES + clip.spectrogram().values().length * Float.BYTES),
            dsp,
            config.dsp().maxClipSeconds());
    SharedCache<ProbabilityKey, Inference> probabilities =
        new SharedCache<>(
            config.cache().probabilityBytes(),
            (key, row) -> 2 * KEY_BYTES + row.probabilities().length * Float.BYTES);
    classifier = new Classifier(spectrograms, probabilities, batcher);
    mixtures = new MixtureClassifier(spectrograms, dsp, classifier);
  }

  Spectrograms spectrograms() {
    return spectrograms;
  }

  Classifier classifier() {
    return classifier;
  }

  MixtureClassifier mixtures() {
    return mixtures;
  }

  @Override
  public void close() {
    closeables.close();
  }
}
