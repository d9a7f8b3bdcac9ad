package dev.tutti.core.audio.mp3;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The frames of good files, each behind the one that an encoder put before it: a frame of layer III
 * has a part of its data there.
 */
public final class SoundFrames {
  private final Set<List<ByteBuffer>> pairs = new HashSet<>();
  private final Set<ByteBuffer> firsts = new HashSet<>();

  public SoundFrames(List<byte[]> files) {
    for (byte[] file : files) {
      ByteBuffer before = null;
      for (MpegFrames frames = new MpegFrames(ByteBuffer.wrap(file)); frames.next(); ) {
        ByteBuffer frame = ByteBuffer.wrap(frames.bytes());
        if (before == null) {
          firsts.add(frame);
        } else {
          pairs.add(List.of(before, frame));
        }
        before = frame;
      }
    }
  }

  /** Whether a buffer has such frames only, whole, and in such an order. */
  public boolean areAllOf(ByteBuffer file) {
    ByteBuffer before = null;
    boolean sound = true;
    for (MpegFrames frames = new MpegFrames(file); sound && frames.next(); ) {
      ByteBuffer frame = ByteBuffer.wrap(frames.bytes());
      sound = firsts.contains(frame) || (before != null && pairs.contains(List.of(before, frame)));
      before = frame;
    }
    return sound;
  }

  /** Whether a buffer's first frame counts other than there are. */
  public static boolean isMiscounted(ByteBuffer file) {
    MpegFrames frames = new MpegFrames(file);
    frames.next();
    var info = MpegInfo.of(frames.header(), frames.bytes());
    int count = 0;
    while (frames.next()) {
      count++;
    }
    return info.isPresent() && info.get().frames() != count;
  }
}
