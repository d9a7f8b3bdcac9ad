package dev.tutti.core.audio.mpeg;

/** What the side information says of one channel's granule: how its main data are to be read. */
final class Granule {
  static final int SHORT = 2;

  private static final int MAX_PAIRS = ScaleFactorBands.LINES / 2;

  /** From here on the scale factors' code says that the upper bands are raised (lower rates). */
  private static final int RAISING_CODE = 500;

  /** Bits of the granule's main data. */
  final int bits;

  /** Pairs of lines that are coded by tables; those above are -1, 0 or 1. */
  final int pairs;

  final int gain;
  final int scaleCode;

  /** 0 long, 1 from long to short, 2 short, 3 from short to long. */
  final int blockType;

  /** Whether the lowest lines are in a long block nevertheless. */
  final boolean mixed;

  /** A table for each region of lines. */
  final int[] tables = new int[3];

  /** Eight-step gains of the windows of a short block. */
  final int[] windowGains = new int[3];

  /** The first lines of the second and the third region. */
  final int[] regionStarts = new int[2];

  final boolean raised;

  /** By how many bits scale factors are shifted: steps of half an octave in amplitude, or whole. */
  final int scaleShift;

  final int quadTable;
  final ScaleFactorBands bands;

  /** Which groups of scale factors are those of the granule before: bit 3 is the lowest group. */
  final int kept;

  Granule(BitInput in, MpegHeader header, int kept) throws DamagedFrameException {
    bits = in.read(12);
    pairs = in.read(9);
    if (pairs > MAX_PAIRS) {
      throw new DamagedFrameException("%d pairs of lines of at most 288".formatted(pairs));
    }
    gain = in.read(8);
    scaleCode = in.read(header.mpeg1() ? 4 : 9);
    boolean switched = in.flag();
    blockType = switched ? in.read(2) : 0;
    if (switched && blockType == 0) {
      throw new DamagedFrameException("a switched block of no type");
    }
    mixed = switched && in.flag();
    for (int i = 0; i < (switched ? 2 : 3); i++) {
      tables[i] = in.read(5);
    }
    for (int i = 0; switched && i < windowGains.length; i++) {
      windowGains[i] = in.read(3);
    }
    boolean isShort = blockType == SHORT;
    bands =
        isShort
            ? ScaleFactorBands.shortBlocks(header.sampleRate(), mixed)
            : ScaleFactorBands.longBlocks(header.sampleRate());
    setRegions(header.sampleRate(), switched, switched ? 0 : in.read(4), switched ? 0 : in.read(3));
    raised = header.mpeg1() ? in.flag() : scaleCode >= RAISING_CODE;
    scaleShift = in.read(1) + 1;
    quadTable = in.bit();
    this.kept = isShort ? 0 : kept;
  }

  private void setRegions(int sampleRate, boolean switched, int first, int second) {
    if (!switched) {
      int last = bands.widths().length;
      regionStarts[0] = bands.start(Math.min(last, first + 1));
      regionStarts[1] = bands.start(Math.min(last, first + second + 2));
      return;
    }
    // Implied: eight bands of long blocks, or three bands of each window of short ones.
    int implied = blockType == SHORT ? 9 : 8;
    regionStarts[0] =
        blockType == SHORT
            ? ScaleFactorBands.shortBlocks(sampleRate, false).start(implied)
            : bands.start(implied);
    regionStarts[1] = ScaleFactorBands.LINES;
  }
}
