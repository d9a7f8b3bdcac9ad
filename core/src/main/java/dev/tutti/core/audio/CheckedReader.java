package dev.tutti.core.audio;

import java.util.OptionalLong;

/** Holds what a decoder gives to what {@link AudioReader} promises: some samples, all finite. */
public final class CheckedReader implements AudioReader {
  private final AudioReader reader;
  private long position;

  public CheckedReader(AudioReader reader) {
    AudioClip.checkSampleRate(reader.sampleRate());
    this.reader = reader;
  }

  @Override
  public int sampleRate() {
    return reader.sampleRate();
  }

  @Override
  public OptionalLong length() {
    return reader.length();
  }

  @Override
  public int read(float[] block, int offset, int count) {
    int found = reader.read(block, offset, count);
    if (found < 0 && position == 0) {
      throw AudioClip.empty();
    }
    for (int i = 0; i < found; i++, position++) {
      if (!Float.isFinite(block[offset + i])) {
        throw AudioClip.notFinite(position, block[offset + i]);
      }
    }
    return found;
  }

  @Override
  public void close() {
    reader.close();
  }
}
