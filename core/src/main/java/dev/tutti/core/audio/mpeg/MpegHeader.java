package dev.tutti.core.audio.mpeg;

/**
 * The four bytes in front of every frame of MPEG audio.
 *
 * @param word the bytes, the first one highest
 */
public record MpegHeader(int word) {
  /** Bytes of a header. */
  public static final int BYTES = 4;

  private static final int CHECKSUM_BYTES = 2;
  private static final int[] SAMPLE_RATES = {44_100, 48_000, 32_000};

  /** In kbit/s, by layer (I to III) and index, of MPEG-1. */
  private static final int[][] BIT_RATES = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
  };

  /** The same of MPEG-2 and 2.5. */
  private static final int[][] LOW_BIT_RATES = {
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  /** Whether four bytes can be a header: a sync word of eleven ones, and nothing reserved. */
  public static boolean isHeader(int word) {
    return (word & 0xFFE00000) == 0xFFE00000
        && ((word >>> 19) & 3) != 1
        && ((word >>> 17) & 3) != 0
        && ((word >>> 12) & 15) != 15
        && ((word >>> 10) & 3) != 3;
  }

  /** Whether this is MPEG-1, which has the higher sample rates. */
  public boolean mpeg1() {
    return ((word >>> 19) & 3) == 3;
  }

  /** 1, 2 or 3. */
  public int layer() {
    return 4 - ((word >>> 17) & 3);
  }

  /** Whether 16 bits behind the header are a checksum. */
  public boolean checked() {
    return ((word >>> 16) & 1) == 0;
  }

  /** In kbit/s; 0 for the free format, in which headers do not say how long frames are. */
  public int bitRate() {
    return (mpeg1() ? BIT_RATES : LOW_BIT_RATES)[layer() - 1][(word >>> 12) & 15];
  }

  /** In Hz. */
  public int sampleRate() {
    return SAMPLE_RATES[rateIndex()] >> (mpeg1() ? 0 : ((word >>> 19) & 3) == 2 ? 1 : 2);
  }

  /** Samples a channel that the frame holds. */
  public int samples() {
    return switch (layer()) {
      case 1 -> 384;
      case 2 -> 1152;
      default -> mpeg1() ? 1152 : 576;
    };
  }

  public int channels() {
    return ((word >>> 6) & 3) == 3 ? 1 : 2;
  }

  /** Bytes of padding. */
  public int padding() {
    return ((word >>> 9) & 1) * slot();
  }

  /** Bytes from this header to the next one; only the padding in the free format. */
  public int length() {
    int slots = samples() / Byte.SIZE * bitRate() * 1000 / sampleRate() / slot();
    return slots * slot() + padding();
  }

  /** Bytes from the frame's start to behind header and checksum. */
  public int bodyStart() {
    return BYTES + (checked() ? CHECKSUM_BYTES : 0);
  }

  /** Bytes of side information of a frame of layer III. */
  public int sideInformation() {
    if (mpeg1()) {
      return channels() == 1 ? 17 : 32;
    }
    return channels() == 1 ? 9 : 17;
  }

  /** Whether both frames are of one version, layer and sample rate, as those of a file are. */
  public boolean isLike(MpegHeader other) {
    return ((word ^ other.word) & 0xFFFE0C00) == 0;
  }

  /** Such as "MPEG-2 layer II of 16000 Hz". */
  @Override
  public String toString() {
    String version = mpeg1() ? "1" : ((word >>> 19) & 3) == 2 ? "2" : "2.5";
    return "MPEG-%s layer %s of %d Hz".formatted(version, "I".repeat(layer()), sampleRate());
  }

  /** Which of the three rates of its version. */
  int rateIndex() {
    return (word >>> 10) & 3;
  }

  boolean jointStereo() {
    return ((word >>> 6) & 3) == 1;
  }

  /** The first subband whose channels share samples (layers I and II in joint stereo). */
  int intensityBound() {
    return jointStereo() ? 4 * (extension() + 1) : 32;
  }

  /** Whether layer III holds sum and difference of the channels. */
  boolean midSide() {
    return jointStereo() && (extension() & 2) != 0;
  }

  /** Whether layer III gives upper lines once, with a direction. */
  boolean intensity() {
    return jointStereo() && (extension() & 1) != 0;
  }

  private int extension() {
    return (word >>> 4) & 3;
  }

  /** Lengths are multiples of it. */
  private int slot() {
    return layer() == 1 ? 4 : 1;
  }
}
