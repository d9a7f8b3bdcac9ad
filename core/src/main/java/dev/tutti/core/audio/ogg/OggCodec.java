package dev.tutti.core.audio.ogg;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a stream of an Ogg file holds, told by how its first packet starts. */
enum OggCodec {
  VORBIS("Vorbis", "\u0001vorbis"),
  OPUS("Opus", "OpusHead"),
  FLAC("FLAC", "\u007fFLAC"),
  OLD_FLAC("FLAC", "fLaC"),
  SPEEX("Speex", "Speex   "),
  CELT("CELT", "CELT    "),
  PCM("PCM", "PCM     "),
  SKELETON("Skeleton", "fishead"),
  THEORA("Theora", "\u0080theora"),
  DIRAC("Dirac", "BBCD"),
  VP8("VP8", "OVP80"),
  KATE("Kate", "\u0080kate"),
  CMML("CMML", "CMML"),
  OTHER("an unknown codec", "");

  private final String title;
  private final String magic;

  OggCodec(String title, String magic) {
    this.title = title;
    this.magic = magic;
  }

  /** The first that fits. */
  static OggCodec of(byte[] packet) {
    Optional<OggCodec> found =
        Arrays.stream(values()).filter(codec -> codec.starts(packet)).findFirst();
    return found.orElse(OTHER);
  }

  /** Its name. */
  @Override
  public String toString() {
    return title;
  }

  private boolean starts(byte[] packet) {
    return packet.length >= magic.length()
        && new String(packet, 0, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
  }
}
