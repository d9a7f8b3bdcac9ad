package dev.tutti.core.audio.mp3;

import dev.tutti.core.audio.FrameReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.AudioTags;
import dev.tutti.core.audio.container.ForeignFormat;
import dev.tutti.core.audio.mpeg.DamagedFrameException;
import dev.tutti.core.audio.mpeg.MpegDecoder;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads MPEG audio of layers I to III. All headers are looked at first, so that a file that lacks
 * frames is refused before anything of it is heard: every frame is decoded, or an error says where
 * (see {@link MpegFrames}). Damage within a frame can sound, as MPEG audio carries no checksum that
 * covers it.
 *
 * <p>The silence that encoders put before and after the audio is taken away where the first frame
 * says how much it is. If other than so many frames follow as it says, nothing is taken from the
 * end; if more do, files were joined, and the first frames of the other files sound as silence, as
 * FFmpeg reads them.
 */
public final class Mp3Reader extends FrameReader {
  /** By how many samples a decoder is late. */
  private static final int DECODER_DELAY = 529;

  private final MpegFrames frames;
  private final MpegDecoder decoder = new MpegDecoder();
  private final float[] samples = new float[1152];
  private final int sampleRate;
  private final long length;

  /** Samples of the encoder's silence that are still to be passed over, and those behind. */
  private long skipped;

  private long left;

  /**
   * Opens a file from a buffer's start to its limit.
   *
   * @throws InvalidAudioException where its frames are not whole
   */
  public Mp3Reader(ByteBuffer file) {
    ByteBuffer audio = file.duplicate().limit(AudioTags.end(file, 0));
    MpegFrames all = new MpegFrames(audio);
    all.next();
    sampleRate = all.header().sampleRate();
    Optional<MpegInfo> info = MpegInfo.of(all.header(), all.bytes());
    int from = all.start();
    long total = info.isPresent() ? 0 : all.header().samples();
    while (all.next()) {
      total += all.header().samples();
    }
    int count = all.number() - (info.isPresent() ? 1 : 0);
    info.ifPresent(said -> checkWhole(said, count, all.end() - from));
    Optional<MpegInfo.Silence> silence = info.flatMap(MpegInfo::silence);
    long start = silence.isEmpty() ? 0 : silence.get().delay() + DECODER_DELAY;
    boolean counted = info.isPresent() && info.get().frames() == count;
    long padding = silence.isEmpty() || !counted ? 0 : silence.get().padding() - DECODER_DELAY;
    boolean sane = start + padding < total;
    skipped = sane ? start : 0;
    length = sane ? total - start - Math.max(0, padding) : total;
    left = length;
    frames = new MpegFrames(audio);
    if (info.isPresent()) {
      frames.next();
    }
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(length);
  }

  @Override
  protected boolean readFrame() {
    if (left == 0) {
      return false;
    }
    decode();
    int decoded = frames.header().samples();
    int from = (int) Math.min(skipped, decoded);
    int to = (int) Math.min(decoded, from + left);
    for (int i = from; i < to; i++) {
      add(samples[i]);
    }
    skipped -= from;
    left -= to - from;
    return true;
  }

  private void decode() {
    if (!frames.next()) {
      throw new IllegalStateException("A frame is gone that was there");
    }
    try {
      decoder.decode(frames.header(), frames.bytes(), samples);
    } catch (DamagedFrameException e) {
      throw new InvalidAudioException(
          "frame %d of the MP3 file, at byte %,d, is damaged: %s"
              .formatted(frames.number(), frames.start(), e.getMessage()),
          e);
    }
  }

  private static void checkWhole(MpegInfo said, int frames, long bytes) {
    if (said.frames() > frames && (said.bytes() == 0 || said.bytes() > bytes)) {
      throw new InvalidAudioException(
          ("the MP3 file is cut: its first frame announces %,d frames, and %,d are there; to hear"
                  + " these: "
                  + ForeignFormat.CONVERTER)
              .formatted(said.frames(), frames));
    }
  }
}
