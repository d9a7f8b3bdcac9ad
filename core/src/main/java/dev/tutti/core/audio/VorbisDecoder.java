package dev.tutti.core.audio;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jogg.SyncState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;

/**
 * Decodes Ogg Vorbis files by JOrbis. Every page's checksum is verified and the last page must be
 * there, so a damaged or cut file is an error. The setup header is checked by {@link VorbisSetup}
 * before the library sees it.
 */
final class VorbisDecoder {
  private static final int HEADERS = 3;

  /** A comment header without vendor and comments: their lengths are not checked by the library. */
  private static final byte[] NO_COMMENTS = {
    3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  private final byte[] file;
  private final SyncState sync = new SyncState();
  private final StreamState stream = new StreamState();
  private final Info info = new Info();
  private final Comment comment = new Comment();
  private final MonoSamples mono = new MonoSamples();
  private DspState dsp;
  private Block block;
  private int packets;

  private VorbisDecoder(byte[] file) {
    this.file = file;
  }

  static AudioClip decode(byte[] file) {
    try {
      return new VorbisDecoder(file).decode();
    } catch (InvalidAudioException e) {
      throw e;
    } catch (RuntimeException e) {
      // The library does not check all that it reads.
      throw broken("is broken: " + e);
    }
  }

  private AudioClip decode() {
    sync.init();
    int start = sync.buffer(file.length);
    System.arraycopy(file, 0, sync.data, start, file.length);
    sync.wrote(file.length);
    Page page = new Page();
    boolean begun = false;
    boolean ended = false;
    while (!ended) {
      int found = sync.pageout(page);
      if (found != 1) {
        throw broken(found < 0 ? "has a damaged page" : "is cut: its last page is missing");
      }
      if (!begun) {
        stream.init(page.serialno());
        begun = true;
      }
      if (stream.pagein(page) < 0) {
        throw broken("holds several streams, or a page out of order");
      }
      decodePackets();
      ended = page.eos() != 0;
    }
    // The last block is decoded whole; the last page says how much of it is meant.
    long meant = page.granulepos();
    return mono.clip(meant > 0 ? (int) Math.min(meant, mono.length()) : mono.length(), info.rate);
  }

  private void decodePackets() {
    Packet packet = new Packet();
    int found = stream.packetout(packet);
    while (found != 0) {
      if (found < 0) {
        throw broken("lacks a page");
      }
      if (packets < HEADERS) {
        header(packet);
      } else if (block.synthesis(packet) == 0) {
        dsp.synthesis_blockin(block);
        take();
      }
      packets++;
      found = stream.packetout(packet);
    }
  }

  private void header(Packet packet) {
    if (packets == HEADERS - 1) {
      VorbisSetup.check(packet.packet_base, packet.packet, packet.bytes, info.channels);
    }
    if (packets == 1) {
      packet.packet_base = NO_COMMENTS.clone();
      packet.packet = 0;
      packet.bytes = NO_COMMENTS.length;
    }
    if (packets == 0) {
      info.init();
      comment.init();
    }
    if (info.synthesis_headerin(comment, packet) < 0) {
      throw broken("is no Vorbis, or its headers are broken");
    }
    if (packets == 0) {
      PcmDecoder.checkChannels(info.channels);
      AudioClip.checkSampleRate(info.rate);
    }
    if (packets == HEADERS - 1) {
      dsp = new DspState();
      dsp.synthesis_init(info);
      block = new Block(dsp);
    }
  }

  private void take() {
    float[][][] pcm = new float[1][][];
    int[] starts = new int[info.channels];
    for (int count = dsp.synthesis_pcmout(pcm, starts);
        count > 0;
        count = dsp.synthesis_pcmout(pcm, starts)) {
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int c = 0; c < info.channels; c++) {
          sum += pcm[0][c][starts[c] + i];
        }
        mono.add(sum / info.channels);
      }
      dsp.synthesis_read(count);
    }
  }

  private static InvalidAudioException broken(String reason) {
    return new InvalidAudioException("the Ogg file " + reason);
  }
}
