package dev.tutti.core.audio.ogg;

import dev.tutti.core.audio.FrameReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.ForeignFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Reads the Vorbis of an Ogg file, page by page. All links of a chained file are read one behind
 * the other, whatever their channels; one of another sample rate is refused. Every page's checksum
 * is verified, and each link's last page must be there.
 *
 * <p>The positions that pages state say which samples are meant: where the first page with audio
 * ends before what it holds, its first samples are left out, and what the last page holds beyond
 * its position is left out too. A link may begin at any position, and with pages missing behind its
 * headers, as live recordings do.
 */
public final class VorbisReader extends FrameReader {
  private final ByteBuffer file;
  private final int sampleRate;
  private OggLink link;
  private VorbisBlocks blocks;

  /** The samples of a page. */
  private float[] samples = new float[4096];

  private int count;

  /** The position of the link's next sample; unknown before its first page with audio. */
  private OptionalLong position;

  /**
   * Opens a file from a buffer's start to its limit.
   *
   * @throws InvalidAudioException where its headers are broken, or it holds no Vorbis
   */
  public VorbisReader(ByteBuffer file) {
    this.file = file;
    begin(0);
    sampleRate = blocks.sampleRate();
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  @Override
  protected boolean readFrame() {
    if (link.ended()) {
      int next = link.end();
      if (next == file.limit()) {
        return false;
      }
      begin(next);
      checkSampleRate();
    }
    for (byte[] packet : link.nextPackets()) {
      blocks.read(packet, this::keep);
    }
    addMeant();
    return true;
  }

  /** Reads the headers of a link, which fill pages of their own. */
  private void begin(int start) {
    link = new OggLink(file, start);
    blocks = new VorbisBlocks();
    position = OptionalLong.empty();
    while (!blocks.ready()) {
      for (byte[] packet : link.nextPackets()) {
        blocks.read(packet, this::keep);
      }
      if (link.ended() && !blocks.ready()) {
        throw new InvalidAudioException("the Vorbis stream of the Ogg file ends in its headers");
      }
    }
    link.allowGap();
  }

  private void checkSampleRate() {
    if (blocks.sampleRate() != sampleRate) {
      throw new InvalidAudioException(
          "the Ogg file changes its sample rate from %d to %d Hz, which is not accepted. %s"
              .formatted(sampleRate, blocks.sampleRate(), ForeignFormat.CONVERSION));
    }
  }

  private void keep(double sample) {
    if (count == samples.length) {
      samples = Arrays.copyOf(samples, 2 * count);
    }
    samples[count++] = (float) sample;
  }

  private void addMeant() {
    int from = 0;
    int to = count;
    long granule = link.granule();
    if (granule >= 0 && position.isEmpty()) {
      long start = granule - count;
      // A page that is the only one is cut at its end.
      from = start < 0 && !link.ended() ? (int) Math.min(count, -start) : 0;
      position = OptionalLong.of(link.ended() ? Math.max(0, start) : start + from);
    }
    if (position.isPresent()) {
      if (link.ended() && granule >= 0) {
        to = (int) Math.max(from, Math.min(to, from + granule - position.getAsLong()));
      }
      position = OptionalLong.of(position.getAsLong() + to - from);
    }
    for (int i = from; i < to; i++) {
      add(samples[i]);
    }
    count = 0;
  }
}
