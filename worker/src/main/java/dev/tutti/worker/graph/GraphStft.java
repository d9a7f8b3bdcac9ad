package dev.tutti.worker.graph;

import dev.tutti.core.spectrogram.StftParameters;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adds the decibel spectrogram of audio to a graph, by the same rules as the {@link
 * dev.tutti.core.spectrogram.SpectrogramExtractor}: frames centred on every hop between zeros,
 * periodic Hann window, 20 log10 of the magnitude, floored relative to the clip's maximum.
 *
 * <p>It is computed in float32, the transform included. A magnitude is then about 1e-8 of the
 * clip's largest off, which is nothing within 80 dB below it and some dB at 180 dB below it.
 */
public final class GraphStft {
  private static final double DECIBELS_PER_NEPER = 20 / Math.log(10);

  private final Ops tf;
  private final StftParameters stft;
  private final int samples;

  /**
   * Adds to the graph of {@code tf}.
   *
   * @param samples of every clip, at least 1
   */
  public GraphStft(Ops tf, StftParameters stft, int samples) {
    this.tf = tf;
    this.stft = stft;
    this.samples = samples;
  }

  /**
   * The spectrograms of clips.
   *
   * @param audio [batch, samples]
   * @return [batch, bins, frames, 1] in decibels
   */
  public Operand<TFloat32> decibels(Operand<TFloat32> audio) {
    Operand<TFloat32> windowed = tf.math.mul(frames(audio), tf.constant(window()));
    Operand<TFloat32> amplitudes = tf.math.maximum(magnitudes(windowed), tf.constant(stft.amin()));
    Operand<TFloat32> levels =
        tf.math.mul(tf.math.log(amplitudes), tf.constant((float) DECIBELS_PER_NEPER));
    if (Float.isFinite(stft.topDb())) {
      Operand<TFloat32> highest =
          tf.reduceMax(levels, tf.constant(new int[] {1, 2}), ReduceMax.keepDims(true));
      levels = tf.math.maximum(levels, tf.math.sub(highest, tf.constant(stft.topDb())));
    }
    return tf.expandDims(
        tf.linalg.transpose(levels, tf.constant(new int[] {0, 2, 1})), tf.constant(-1));
  }

  /**
   * [batch, frames, nFft]. The audio is cut into blocks that both a hop and a frame are a whole
   * number of, so that few large pieces are gathered rather than many single samples.
   */
  private Operand<TFloat32> frames(Operand<TFloat32> audio) {
    int block = greatestCommonDivisor(stft.nFft(), stft.hopLength());
    int perFrame = stft.nFft() / block;
    int frames = stft.frames(samples);
    int blocks = (frames - 1) * (stft.hopLength() / block) + perFrame;
    int before = stft.nFft() / 2;
    // The samples behind the last frame belong to none.
    int used = Math.min(samples, blocks * block - before);
    int after = blocks * block - before - used;
    Operand<TFloat32> padded =
        tf.pad(
            tf.slice(audio, tf.constant(new int[2]), tf.constant(new int[] {-1, used})),
            tf.constant(new int[][] {{0, 0}, {before, after}}),
            tf.constant(0f));
    int[] places = new int[frames * perFrame];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / perFrame * (stft.hopLength() / block) + i % perFrame;
    }
    Operand<TFloat32> cut = tf.reshape(padded, tf.constant(new int[] {-1, blocks, block}));
    Operand<TFloat32> gathered = tf.gather(cut, tf.constant(places), tf.constant(1));
    return tf.reshape(gathered, tf.constant(new int[] {-1, frames, stft.nFft()}));
  }

  /** The periodic Hann window, between zeros where it is shorter than a frame. */
  private float[] window() {
    float[] window = new float[stft.nFft()];
    int length = stft.winLength();
    int start = (stft.nFft() - length) / 2;
    for (int i = 0; i < length; i++) {
      window[start + i] =
          length == 1 ? 1 : (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
    }
    return window;
  }

  /**
   * [batch, frames, bins]. Java has no type for complex numbers, so they stay between two
   * operations.
   */
  private Operand<TFloat32> magnitudes(Operand<TFloat32> frames) {
    Operand<TInt32> length = tf.constant(new int[] {stft.nFft()});
    GraphOperation transform =
        (GraphOperation)
            tf.scope()
                .opBuilder("RFFT", "Rfft")
                .addInput(frames.asOutput())
                .addInput(length.asOutput())
                .build();
    Output<TFloat32> magnitude =
        tf.scope()
            .opBuilder("ComplexAbs", "Magnitude")
            .addInput(transform.output(0))
            .build()
            .output(0);
    return magnitude;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
