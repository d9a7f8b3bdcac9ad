package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.mp3.SoundFrames;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where ffmpeg 5.1 takes a file for something else than we do, and why that is no fault of ours.
 * Whatever is none of these is one.
 */
enum KnownDifference {
  /**
   * ffmpeg refuses what we read, or finds nothing in it, so that nothing contradicts our samples:
   * RF64 without sizes or of -1, AIFF with COMM behind SSND, odd chunks without their padding,
   * integers of 42ni and 23ni, Vorbis with codebooks of more than 16 dimensions, a single frame of
   * MPEG audio, tags between chunks.
   */
  REFUSED,
  /** RIFX is big-endian, its samples too, as libsndfile reads them; ffmpeg swaps these. */
  RIFX,
  /** ffmpeg takes 24 valid bits in 32 for the floating point of Cool Edit; libsndfile does not. */
  VALID_BITS,
  /** ffmpeg takes sowt for 16 bits, whatever COMM says; libsndfile does not. */
  SOWT,
  /** What fills the last of the blocks that SSND states is no sample: COMM counts them. */
  BLOCKS,
  /** ffmpeg leaves out the end of the last page of Vorbis; libsndfile and JOrbis do not. */
  VORBIS_END,
  /**
   * A damaged packet of Vorbis that ends too early: ffmpeg reads on in zeros, libvorbis and JOrbis
   * stop, as the specification says. Only the samples of its blocks differ.
   */
  VORBIS_PACKET,
  /**
   * The first frame describes MPEG audio and counts other than there are. ffmpeg cuts the encoder's
   * silence out where the end should be, wherever that is, or plays the describing frame.
   */
  MISCOUNTED,
  /** A band of MPEG-2 layer III at 24 kHz ends at line 330 for ffmpeg, at 332 in the standard. */
  BAND_AT_24_KHZ,
  /**
   * Frames of MPEG audio whose bytes no encoder wrote so, or not behind the frame before: they
   * carry no checksum that says so, sound, and each decoder makes something else of some.
   */
  DAMAGED,
  /**
   * ffmpeg says that it decodes round something broken, in what is left of the file without tags:
   * what follows the audio and looks like it, the cut end of the last frame of MPEG audio, or a
   * frame of FLAC that its parser cut at the wrong place and then decoded twice.
   */
  CONCEALED;

  private static final String TROUBLE =
      "Error while decoding|Header missing|invalid new backstep|corrupt|Multiple frames in a packet";

  private boolean fits(Difference d, SoundFrames sound) {
    return switch (this) {
      case REFUSED -> d.theirs().isEmpty() || d.theirs().get().samples().capacity() == 0;
      case RIFX -> d.starts("RIFX");
      case VALID_BITS -> d.format().equals("wav") && d.has("\0\26\0\30\0") && d.sameLength();
      case SOWT -> d.format().equals("aiff") && d.has("sowt") && !d.sameLength();
      case BLOCKS -> d.format().equals("aiff") && d.isShorter() && d.sameBefore();
      case VORBIS_END -> d.format().equals("ogg") && d.isLongerBy(1024) && d.sameBefore();
      case VORBIS_PACKET -> d.format().equals("ogg") && d.isLongerBy(1024) && d.differsWithin(4096);
      case MISCOUNTED -> d.format().equals("mp3") && SoundFrames.isMiscounted(d.behindTags());
      case BAND_AT_24_KHZ ->
          d.format().equals("mp3") && d.ours().sampleRate() == 24_000 && d.sameLength();
      case DAMAGED -> d.format().equals("mp3") && !sound.areAllOf(d.behindTags());
      case CONCEALED -> d.says(TROUBLE);
    };
  }

  static Optional<KnownDifference> of(Difference difference, SoundFrames sound) {
    return Arrays.stream(values()).filter(known -> known.fits(difference, sound)).findFirst();
  }
}
