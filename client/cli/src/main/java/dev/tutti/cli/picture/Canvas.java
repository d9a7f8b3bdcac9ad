package dev.tutti.cli.picture;

import java.util.Arrays;

/** A white picture to draw on; what lies outside is cut off. */
final class Canvas {
  private static final int WHITE = 0xFFFFFF;
  private static final int BLACK = 0;

  /** How many pixels a dot of a letter is wide and high. */
  private static final int DOT = 2;

  static final int LETTER_WIDTH = (Glyphs.WIDTH + 1) * DOT;

  /** Of capitals and digits. */
  static final int LETTER_HEIGHT = Glyphs.ASCENT * DOT;

  private final int width;
  private final int height;
  private final int[] rgb;
  private final Glyphs glyphs;

  Canvas(Glyphs glyphs, int width, int height) {
    this.glyphs = glyphs;
    this.width = width;
    this.height = height;
    this.rgb = new int[Math.multiplyExact(width, height)];
    Arrays.fill(rgb, WHITE);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The colour of a pixel, 0xRRGGBB. */
  int pixel(int x, int y) {
    return rgb[y * width + x];
  }

  void pixel(int x, int y, int colour) {
    if (x >= 0 && x < width && y >= 0 && y < height) {
      rgb[y * width + x] = colour;
    }
  }

  /** A filled black rectangle. */
  void fill(int left, int top, int wide, int high) {
    fill(left, top, wide, high, BLACK);
  }

  private void fill(int left, int top, int wide, int high, int colour) {
    for (int y = top; y < top + high; y++) {
      for (int x = left; x < left + wide; x++) {
        pixel(x, y, colour);
      }
    }
  }

  /** A thin black line around a rectangle. */
  void frame(int left, int top, int wide, int high) {
    fill(left - 1, top - 1, wide + 2, 1);
    fill(left - 1, top + high, wide + 2, 1);
    fill(left - 1, top, 1, high);
    fill(left + wide, top, 1, high);
  }

  /** A line of text from its top left corner. */
  void text(int left, int top, String text) {
    String drawable = glyphs.drawable(text);
    for (int i = 0; i < drawable.length(); i++) {
      for (int y = 0; y < Glyphs.HEIGHT; y++) {
        for (int x = 0; x < Glyphs.WIDTH; x++) {
          if (glyphs.dot(drawable.charAt(i), x, y)) {
            fill(left + i * LETTER_WIDTH + x * DOT, top + y * DOT, DOT, DOT);
          }
        }
      }
    }
  }

  /** A line of text around a middle. */
  void textCentred(int middle, int top, String text) {
    text(middle - textWidth(text) / 2, top, text);
  }

  /** A line of text on a white ground around a middle, to be read on any colour. */
  void label(int middle, int top, String text) {
    int wide = textWidth(text) + 2 * LETTER_WIDTH;
    fill(middle - wide / 2, top - LETTER_HEIGHT, wide, 3 * LETTER_HEIGHT, WHITE);
    textCentred(middle, top, text);
  }

  /** A line of text that ends at {@code right}. */
  void textBefore(int right, int top, String text) {
    text(right - textWidth(text), top, text);
  }

  /** Without the gap after the last letter. */
  int textWidth(String text) {
    return Math.max(0, glyphs.drawable(text).length() * LETTER_WIDTH - DOT);
  }

  byte[] png() {
    return PngFile.encode(width, height, rgb);
  }
}
