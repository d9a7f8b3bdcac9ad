package dev.tutti.core.audio;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Reads the windows of a recording one after the other. */
final class WindowIterator implements Iterator<AudioWindow> {
  private static final int BLOCK = 4096;

  private final AudioReader reader;
  private final SlidingWindows sliding;
  private final float[] block = new float[BLOCK];
  private final Queue<AudioWindow> complete = new ArrayDeque<>();
  private boolean ended;

  WindowIterator(AudioReader reader, SlidingWindows sliding) {
    this.reader = reader;
    this.sliding = sliding;
  }

  /**
   * @throws InvalidAudioException where the recording turns out to be broken
   */
  @Override
  public boolean hasNext() {
    while (complete.isEmpty() && !ended) {
      int count = reader.read(block);
      if (count < 0) {
        ended = true;
        sliding.finish(complete::add);
      } else {
        sliding.add(block, 0, count, complete::add);
      }
    }
    return !complete.isEmpty();
  }

  @Override
  public AudioWindow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the recording has no further window");
    }
    return complete.remove();
  }
}
