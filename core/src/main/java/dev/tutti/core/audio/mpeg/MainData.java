package dev.tutti.core.audio.mpeg;

/**
 * The main data of layer III, which run on from frame to frame: a frame's may begin in those
 * before.
 */
final class MainData {
  /** How far back a frame can point. */
  private static final int MAX_BACKSTEP = 511;

  private byte[] data = {};

  /** The first byte that no frame has used. */
  private int unused;

  /** The first byte of the newest frame. */
  private int own;

  /** Adds the bytes of a frame from an index on to the last of those before. */
  void add(byte[] frame, int from) {
    int kept = Math.min(data.length - unused, MAX_BACKSTEP);
    int added = Math.max(0, frame.length - from);
    byte[] joined = new byte[kept + added];
    System.arraycopy(data, data.length - kept, joined, 0, kept);
    System.arraycopy(frame, frame.length - added, joined, kept, added);
    data = joined;
    own = kept;
    unused = 0;
  }

  /** Says that the newest frame's data end before a bit. */
  void use(int end) {
    unused = Math.min(data.length, Math.max(0, (end + Byte.SIZE - 1) >> 3));
  }

  /**
   * The first bit of what begins some bytes before the newest frame; below 0 if it is not there.
   */
  int start(int backstep) {
    return (own - backstep) * Byte.SIZE;
  }

  /** All bits that are there. */
  BitInput bits() {
    return new BitInput(data, 0, data.length);
  }
}
