package dev.tutti.core.audio.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import java.util.function.DoubleConsumer;

/**
 * Decodes the packets of one Vorbis stream by JOrbis, to mono. The setup header is checked by
 * {@link VorbisSetup} before the library sees it.
 */
final class VorbisBlocks {
  private static final int HEADERS = 3;

  /** A comment header without vendor and comments: their lengths are not checked by the library. */
  private static final byte[] NO_COMMENTS = {
    3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  private final Info info = new Info();
  private final Comment comment = new Comment();
  private final float[][][] pcm = new float[1][][];
  private int[] starts = {};
  private DspState dsp;
  private Block block;
  private int packets;

  VorbisBlocks() {
    info.init();
    comment.init();
  }

  /** Whether all headers have been read. */
  boolean ready() {
    return packets >= HEADERS;
  }

  /** In Hz, once a header has been read. */
  int sampleRate() {
    return info.rate;
  }

  /**
   * Reads the next packet and hands its samples to {@code samples}: none of a header and of the
   * first block, which only prepares the next.
   *
   * @throws InvalidAudioException where it is broken
   */
  void read(byte[] bytes, DoubleConsumer samples) {
    try {
      if (packets < HEADERS) {
        header(bytes);
      } else if (isAudio(bytes)) {
        audio(bytes, samples);
      } else {
        return;
      }
      packets++;
    } catch (InvalidAudioException e) {
      throw e;
    } catch (RuntimeException e) {
      // The library does not check all that it reads.
      throw broken("a packet is broken: " + e);
    }
  }

  private void header(byte[] bytes) {
    if (packets == HEADERS - 1) {
      VorbisSetup.check(bytes, 0, bytes.length, info.channels);
    }
    Packet packet = packet(packets == 1 ? NO_COMMENTS.clone() : bytes);
    packet.b_o_s = packets == 0 ? 1 : 0;
    if (info.synthesis_headerin(comment, packet) < 0) {
      throw broken("its headers are broken");
    }
    if (packets == 0) {
      AudioReader.checkChannels(info.channels);
      AudioClip.checkSampleRate(info.rate);
      starts = new int[info.channels];
    }
    if (packets == HEADERS - 1) {
      dsp = new DspState();
      dsp.synthesis_init(info);
      block = new Block(dsp);
    }
  }

  private void audio(byte[] bytes, DoubleConsumer samples) {
    if (block.synthesis(packet(bytes)) != 0) {
      throw broken("a packet is broken");
    }
    dsp.synthesis_blockin(block);
    boolean first = packets == HEADERS;
    int count = dsp.synthesis_pcmout(pcm, starts);
    while (count > 0) {
      for (int i = 0; i < count && !first; i++) {
        double sum = 0;
        for (int c = 0; c < info.channels; c++) {
          sum += pcm[0][c][starts[c] + i];
        }
        samples.accept(sum / info.channels);
      }
      dsp.synthesis_read(count);
      count = dsp.synthesis_pcmout(pcm, starts);
    }
  }

  /** Empty packets, and headers that are repeated, are passed over. */
  private static boolean isAudio(byte[] bytes) {
    return bytes.length > 0 && (bytes[0] & 1) == 0;
  }

  /** Without position and end, so that the library cuts nothing. */
  private Packet packet(byte[] bytes) {
    Packet packet = new Packet();
    packet.packet_base = bytes;
    packet.bytes = bytes.length;
    packet.granulepos = -1;
    packet.packetno = packets;
    return packet;
  }

  private static InvalidAudioException broken(String reason) {
    return new InvalidAudioException("the Vorbis stream of the Ogg file is broken: " + reason);
  }
}
