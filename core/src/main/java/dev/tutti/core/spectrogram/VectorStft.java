package dev.tutti.core.spectrogram;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transform of as many frames at once as a vector has lanes.
 *
 * <p>Sample i of the frames f, f+1, ... lies hop samples apart. So the clip is first laid out by
 * phases, phase p holding the samples p, p + hop, p + 2 hop, ...: there the frames' samples stand
 * side by side, and each of them serves all the frames in which it occurs. The levels of
 * neighbouring frames stand side by side in the result. The sums and products are those of {@link
 * PlainStft} in the same order, so that the bits are the same too.
 */
final class VectorStft implements Stft {
  private static final VectorSpecies<Double> LANES = VectorFft.LANES;
  private static final int WIDTH = VectorFft.WIDTH;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDTH * Float.SIZE));

  /** Frames whose phases are laid out at once: bounds the workspace whatever the clip. */
  private static final int CHUNK = 128;

  private final StftParameters parameters;
  private final PlainStft plain;
  private final VectorFft fft;
  private final int half;
  private final double[] halfWindow;

  /** One for each thread that ever was here at the same time as others. */
  private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

  VectorStft(StftParameters parameters) {
    this.parameters = parameters;
    this.plain = new PlainStft(parameters);
    this.fft = new VectorFft(parameters.nFft());
    this.half = parameters.nFft() / 2;
    this.halfWindow = PlainStft.halfHann(parameters.nFft(), parameters.winLength());
  }

  /** What is done with the transform of frames {@code frame} to {@code frame + lanes - 1}. */
  private interface Sink {
    void accept(Workspace w, int frame);
  }

  private static final class Workspace {
    private final FftWorkspace fft;
    private final int columns;
    private final float[] phases;

    Workspace(StftParameters p) {
      fft = new FftWorkspace(p.nFft(), WIDTH);
      columns = CHUNK + (p.nFft() - 1) / p.hopLength();
      phases = new float[Math.min(p.hopLength(), p.nFft()) * columns];
    }
  }

  @Override
  public int lanes() {
    return WIDTH;
  }

  @Override
  public float levels(float[] samples, Decibels decibels, float[] levels) {
    int frames = parameters.frames(samples.length);
    if (frames < WIDTH) {
      return plain.levels(samples, decibels, levels);
    }
    LevelWriter writer = new LevelWriter(decibels, levels, frames);
    forEachBlock(samples, writer);
    return (float) writer.highest;
  }

  /** Transforms frame by frame: samples in double are rare, and the levels are the same. */
  @Override
  public float levels(double[] samples, Decibels decibels, float[] levels) {
    return plain.levels(samples, decibels, levels);
  }

  @Override
  public void transform(float[] samples, double[] re, double[] im) {
    int frames = parameters.frames(samples.length);
    if (frames < WIDTH) {
      plain.transform(samples, re, im);
      return;
    }
    forEachBlock(samples, (w, frame) -> writeBins(w.fft, frame, frames, re, im));
  }

  private void forEachBlock(float[] samples, Sink sink) {
    int frames = parameters.frames(samples.length);
    Workspace pooled = idle.poll();
    Workspace w = pooled == null ? new Workspace(parameters) : pooled;
    for (int start = 0; start < frames; start += CHUNK) {
      // The last frames are done twice where they do not fill the lanes.
      int first = Math.min(start, frames - WIDTH);
      int count = Math.min(CHUNK, frames - first);
      layOut(samples, first, count, w);
      for (int frame = 0; frame < count; frame += WIDTH) {
        int inChunk = Math.min(frame, count - WIDTH);
        load(w, inChunk);
        fft.transform(w.fft);
        sink.accept(w, first + inChunk);
      }
    }
    idle.add(w);
  }

  /** phases[p][c] = sample p of the frame first + c, for all that the frames need. */
  private void layOut(float[] samples, int first, int count, Workspace w) {
    int n = parameters.nFft();
    int hop = parameters.hopLength();
    int rows = Math.min(hop, n);
    int used = count + (n - 1) / hop;
    for (int c = 0; c < used; c++) {
      long start = (long) (first + c) * hop - half;
      int from = (int) Math.max(0, Math.min(rows, -start));
      int to = (int) Math.max(from, Math.min(rows, samples.length - start));
      for (int p = 0; p < from; p++) {
        w.phases[p * w.columns + c] = 0;
      }
      for (int p = from; p < to; p++) {
        w.phases[p * w.columns + c] = samples[(int) (start + p)];
      }
      for (int p = to; p < rows; p++) {
        w.phases[p * w.columns + c] = 0;
      }
    }
  }

  /** Windows the frames from {@code inChunk} on into the workspace of the transform. */
  private void load(Workspace w, int inChunk) {
    int hop = parameters.hopLength();
    int phase = 0;
    int column = inChunk;
    for (int i = 0; i < parameters.nFft(); i++) {
      double[] out = (i & 1) == 0 ? w.fft.re : w.fft.im;
      FloatVector x = FloatVector.fromArray(FLOATS, w.phases, phase * w.columns + column);
      ((DoubleVector) x.convertShape(VectorOperators.F2D, LANES, 0))
          .mul(halfWindow[i])
          .intoArray(out, (i >> 1) * WIDTH);
      phase++;
      if (phase == hop) {
        phase = 0;
        column++;
      }
    }
  }

  private final class LevelWriter implements Sink {
    private final Decibels decibels;
    private final float[] levels;
    private final int frames;
    private double highest = Double.NEGATIVE_INFINITY;

    LevelWriter(Decibels decibels, float[] levels, int frames) {
      this.decibels = decibels;
      this.levels = levels;
      this.frames = frames;
    }

    @Override
    public void accept(Workspace w, int frame) {
      fft.powers(w.fft);
      highest =
          Math.max(highest, VectorLevel.write(w.fft.re, half + 1, decibels, levels, frame, frames));
    }
  }

  /** Untangles and writes the complex bins, one lane after the other: not the fast way. */
  private void writeBins(FftWorkspace w, int frame, int frames, double[] re, double[] im) {
    double[] zR = new double[half + 1];
    double[] zI = new double[half + 1];
    for (int lane = 0; lane < WIDTH; lane++) {
      for (int k = 0; k < half; k++) {
        zR[k] = w.re[k * WIDTH + lane];
        zI[k] = w.im[k * WIDTH + lane];
      }
      plain.untangle(zR, zI);
      for (int k = 0; k <= half; k++) {
        re[k * frames + frame + lane] = zR[k];
        im[k * frames + frame + lane] = zI[k];
      }
      Arrays.fill(zR, 0);
    }
  }
}
