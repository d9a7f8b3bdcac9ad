package dev.tutti.cli.picture;

import dev.tutti.core.spectrogram.Spectrogram;
import java.util.List;

/**
 * A spectrogram as a picture: time in s to the right, frequency in Hz upwards on a logarithmic
 * axis, levels as colours over the range they have, beside a bar that says which colour is which
 * level in dB. The ends of all three ranges are marked; a clip of a minute or more is told in
 * minutes, and silence is called so. A pixel shows the loudest of the bins and frames it covers, so
 * that no partial is lost.
 */
public final class SpectrogramPicture {
  static final int WIDTH = 900;
  static final int LEFT = 84;
  static final int PLOT_WIDTH = 684;
  static final int PLOT_HEIGHT = 387;
  static final int LINE = Canvas.LETTER_HEIGHT + 10;

  /** The room of a line of text beside an upright axis, as a share of that. */
  static final double LINE_SHARE = (Canvas.LETTER_HEIGHT + 4.0) / PLOT_HEIGHT;

  private static final double HALF = 0.5;
  private static final int MARGIN = 10;
  private static final int BAR_LEFT = LEFT + PLOT_WIDTH + 24;
  private static final int BAR_WIDTH = 20;
  private static final int TICK = 6;
  private static final int TICK_GAP = TICK + 5;
  private static final int BOTTOM = TICK_GAP + 2 * LINE - 4;

  /**
   * The times of a clip.
   *
   * @param secondsPerFrame from one frame to the next, above 0
   * @param seconds its length, above 0
   */
  public record Clock(double secondsPerFrame, double seconds) {}

  private final Spectrogram spectrogram;
  private final FrequencyAxis frequencies;
  private final TimeAxis times;
  private final LevelScale levels;
  private final List<String> title;

  /** Where the plot begins. */
  private final int top;

  private final Canvas canvas;

  private SpectrogramPicture(
      Spectrogram spectrogram, FrequencyAxis frequencies, Clock clock, String title) {
    if (frequencies.bins() != spectrogram.bins()) {
      throw new IllegalArgumentException(
          "an axis of %d bins does not fit a spectrogram of %d"
              .formatted(frequencies.bins(), spectrogram.bins()));
    }
    Glyphs glyphs = new Glyphs();
    this.spectrogram = spectrogram;
    this.frequencies = frequencies;
    this.times = new TimeAxis(spectrogram.frames(), clock.secondsPerFrame(), clock.seconds());
    this.levels = LevelScale.of(spectrogram);
    this.title = glyphs.wrapped(title, (WIDTH - 2 * MARGIN) / Canvas.LETTER_WIDTH);
    this.top = MARGIN + (this.title.size() + 1) * LINE;
    this.canvas = new Canvas(glyphs, WIDTH, top + PLOT_HEIGHT + BOTTOM);
  }

  /**
   * The bytes of a PNG file, 900 pixels wide and 500 high; a long title makes it higher.
   *
   * @param frequencies those of the spectrogram's bins
   * @param clock the clip's times
   * @param title wrapped where it is long; may be empty
   * @throws IllegalArgumentException where the axis is of another number of bins
   */
  public static byte[] png(
      Spectrogram spectrogram, FrequencyAxis frequencies, Clock clock, String title) {
    return draw(spectrogram, frequencies, clock, title).png();
  }

  static Canvas draw(
      Spectrogram spectrogram, FrequencyAxis frequencies, Clock clock, String title) {
    SpectrogramPicture picture = new SpectrogramPicture(spectrogram, frequencies, clock, title);
    picture.drawTitle();
    picture.drawLevels();
    picture.drawFrequencies();
    picture.drawTimes();
    picture.drawBar();
    return picture.canvas;
  }

  private void drawTitle() {
    for (int i = 0; i < title.size(); i++) {
      canvas.textCentred(WIDTH / 2, MARGIN + i * LINE, title.get(i));
    }
  }

  private void drawLevels() {
    canvas.frame(LEFT, top, PLOT_WIDTH, PLOT_HEIGHT);
    for (int y = 0; y < PLOT_HEIGHT; y++) {
      double upper = 1 - (double) y / PLOT_HEIGHT;
      Span bins = frequencies.bins(upper - 1.0 / PLOT_HEIGHT, upper);
      for (int x = 0; x < PLOT_WIDTH; x++) {
        float loudest = loudest(bins, times.frames(x, PLOT_WIDTH));
        canvas.pixel(LEFT + x, top + y, LevelScale.colour(levels.light(loudest)));
      }
    }
    if (levels.silent()) {
      canvas.label(LEFT + PLOT_WIDTH / 2, top + PLOT_HEIGHT / 2, "silence");
    }
  }

  private float loudest(Span bins, Span frames) {
    float loudest = Float.NEGATIVE_INFINITY;
    for (int bin = bins.from(); bin < bins.to(); bin++) {
      for (int frame = frames.from(); frame < frames.to(); frame++) {
        float level = spectrogram.values()[bin * spectrogram.frames() + frame];
        loudest = Math.max(loudest, level);
      }
    }
    return loudest;
  }

  private void drawFrequencies() {
    canvas.text(MARGIN, top - LINE, frequencies.caption());
    for (Tick tick : frequencies.ticks()) {
      int y = row(frequencies.height(tick.value()));
      canvas.fill(LEFT - TICK, y, TICK, 1);
      canvas.textBefore(LEFT - TICK_GAP, y - Canvas.LETTER_HEIGHT / 2, tick.text());
    }
  }

  private void drawTimes() {
    int foot = top + PLOT_HEIGHT;
    for (Tick tick : times.ticks()) {
      int x = LEFT + (int) Math.round(times.place(tick.value()) * (PLOT_WIDTH - 1));
      canvas.fill(x, foot, 1, TICK);
      canvas.textCentred(x, foot + TICK_GAP, tick.text());
    }
    canvas.textCentred(LEFT + PLOT_WIDTH / 2, foot + TICK_GAP + LINE, times.caption());
  }

  private void drawBar() {
    canvas.frame(BAR_LEFT, top, BAR_WIDTH, PLOT_HEIGHT);
    canvas.text(BAR_LEFT, top - LINE, "dB");
    for (int y = 0; y < PLOT_HEIGHT; y++) {
      int colour = LevelScale.colour(levels.flat() ? 0 : 1 - (double) y / (PLOT_HEIGHT - 1));
      for (int x = 0; x < BAR_WIDTH; x++) {
        canvas.pixel(BAR_LEFT + x, top + y, colour);
      }
    }
    for (Tick tick : levels.ticks()) {
      int y = row(levels.flat() ? HALF : levels.light(tick.value()));
      canvas.fill(BAR_LEFT + BAR_WIDTH, y, TICK, 1);
      canvas.text(BAR_LEFT + BAR_WIDTH + TICK_GAP, y - Canvas.LETTER_HEIGHT / 2, tick.text());
    }
  }

  /** The row of a height over the plot's foot, from 0 to 1. */
  private int row(double height) {
    return top + (int) Math.round((1 - height) * (PLOT_HEIGHT - 1));
  }
}
