package dev.tutti.core.audio;

import java.util.Objects;
import java.util.OptionalLong;

/** Reads a clip that is in memory already. */
final class ClipReader implements AudioReader {
  private final AudioClip clip;
  private int next;

  ClipReader(AudioClip clip) {
    this.clip = clip;
  }

  @Override
  public int sampleRate() {
    return clip.sampleRate();
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(clip.length());
  }

  @Override
  public int read(float[] block, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, block.length);
    if (next == clip.length()) {
      return -1;
    }
    int taken = Math.min(count, clip.length() - next);
    System.arraycopy(clip.samples(), next, block, offset, taken);
    next += taken;
    return taken;
  }
}
