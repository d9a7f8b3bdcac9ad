package dev.tutti.core.audio.container;

import dev.tutti.core.audio.InvalidAudioException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Files of kinds that are not read: named, so that whoever sent one knows what to do. */
public final class ForeignFormat {
  static final String ACCEPTED = "accepted are WAV, FLAC, Ogg Vorbis, MP3 and AIFF";

  /** What turns any recording into one that is read. */
  public static final String CONVERTER = "ffmpeg -i IN -ar 16000 -ac 1 OUT.wav";

  public static final String CONVERSION = "This converts it: " + CONVERTER;

  private static final int START_SHOWN = 4;
  private static final int TEXT_EXAMINED = 64;

  /**
   * How files of one kind start.
   *
   * @param offset of {@code magic} in the file; another, where it is given, stands at its beginning
   * @param convertible whether there is audio in them
   */
  private record Kind(String name, boolean convertible, String start, int offset, String magic) {
    boolean fits(ByteBuffer file) {
      return is(file, 0, start) && is(file, offset, magic);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          audio("MP4 (m4a, mov)", 4, "ftyp"),
          audio("QuickTime", 4, "moov"),
          audio("QuickTime", 4, "mdat"),
          audio("QuickTime", 4, "wide"),
          audio("Matroska or WebM", 0, "\u001aE\u00df\u00a3"),
          audio("ASF (wma, wmv)", 0, "0&\u00b2u\u008ef\u00cf\u0011"),
          audio("Core Audio (caf)", 0, "caff"),
          audio("AU (snd)", 0, ".snd"),
          audio("AMR", 0, "#!AMR"),
          audio("Wave64 (w64)", 0, "riff.\u0091\u00cf\u0011"),
          audio("AAC", 0, "ADIF"),
          audio("WavPack", 0, "wvpk"),
          audio("Monkey's Audio (ape)", 0, "MAC "),
          audio("Musepack", 0, "MPCK"),
          audio("Musepack", 0, "MP+"),
          audio("True Audio (tta)", 0, "TTA1"),
          audio("OptimFROG", 0, "OFR "),
          audio("Shorten", 0, "ajkg"),
          audio("DSD (dsf)", 0, "DSD "),
          audio("DSD (dff)", 0, "FRM8"),
          audio("RealAudio", 0, ".ra\u00fd"),
          audio("RealMedia", 0, ".RMF"),
          audio("Flash video", 0, "FLV\u0001"),
          audio("NIST Sphere", 0, "NIST_1A"),
          audio("Creative Voice (voc)", 0, "Creative Voice File"),
          audio("AC-3", 0, "\u000bw"),
          audio("DTS", 0, "\u007f\u00fe\u0080\u0001"),
          audio("MPEG program stream", 0, "\u0000\u0000\u0001\u00ba"),
          new Kind("MPEG transport stream", true, "G", 188, "G"),
          new Kind("AVI", true, "RIFF", 8, "AVI "),
          new Kind("8SVX", true, "FORM", 8, "8SVX"),
          other("MIDI (notes, no sound)", "MThd"),
          new Kind("MIDI (notes, no sound)", false, "RIFF", 8, "RMID"),
          new Kind("SoundFont", false, "RIFF", 8, "sfbk"),
          new Kind("WebP (a picture)", false, "RIFF", 8, "WEBP"),
          other("a ZIP archive", "PK\u0003\u0004"),
          other("a gzip archive", "\u001f\u008b"),
          other("a bzip2 archive", "BZh"),
          other("an XZ archive", "\u00fd7zXZ"),
          other("a 7-Zip archive", "7z\u00bc\u00af"),
          other("a RAR archive", "Rar!"),
          other("PDF", "%PDF"),
          other("PNG (a picture)", "\u0089PNG"),
          other("JPEG (a picture)", "\u00ff\u00d8\u00ff"),
          other("GIF (a picture)", "GIF8"),
          other("HDF5", "\u0089HDF"),
          other("NumPy", "\u0093NUMPY"),
          other("a program", "\u007fELF"),
          other(
              "an AppleDouble file (what a Mac keeps about another)", "\u0000\u0005\u0016\u0007"));

  private ForeignFormat() {}

  private static Kind audio(String name, int offset, String magic) {
    return new Kind(name, true, "", offset, magic);
  }

  private static Kind other(String name, String magic) {
    return new Kind(name, false, "", 0, magic);
  }

  /**
   * Refuses a file of a kind that is known and not read.
   *
   * @throws InvalidAudioException naming the kind, what is accepted, and how to convert it
   */
  public static void check(ByteBuffer file) {
    for (Kind kind : KINDS) {
      if (kind.fits(file)) {
        throw refused(kind.name, kind.convertible);
      }
    }
    if (isAdts(file)) {
      throw refused("AAC (ADTS)", true);
    }
  }

  /** What to say of a file of a kind that is not known at all. */
  public static InvalidAudioException unknown(ByteBuffer file) {
    if (file.limit() == 0) {
      return new InvalidAudioException("the file is empty or has nothing but tags; " + ACCEPTED);
    }
    if (isText(file)) {
      return refused("text", false);
    }
    byte[] start = new byte[Math.min(START_SHOWN, file.limit())];
    file.get(0, start);
    return new InvalidAudioException(
        "%d bytes starting with [%s] are no audio file of a known kind; %s"
            .formatted(file.limit(), HexFormat.ofDelimiter(" ").formatHex(start), ACCEPTED));
  }

  private static InvalidAudioException refused(String name, boolean convertible) {
    return new InvalidAudioException(
        "the file is %s, which is not read; %s%s"
            .formatted(name, ACCEPTED, convertible ? ". " + CONVERSION : ""));
  }

  /** A frame header of AAC: twelve ones and, where MPEG audio has its layer, two zeros. */
  private static boolean isAdts(ByteBuffer file) {
    return file.limit() > 2 && file.get(0) == -1 && (file.get(1) & 0xF6) == 0xF0;
  }

  private static boolean isText(ByteBuffer file) {
    int examined = Math.min(TEXT_EXAMINED, file.limit());
    boolean text = examined > 0;
    for (int i = 0; text && i < examined; i++) {
      int c = file.get(i);
      text = c < 0 || c >= ' ' || c == '\t' || c == '\n' || c == '\r';
    }
    return text;
  }

  private static boolean is(ByteBuffer file, int offset, String magic) {
    if (offset + magic.length() > file.limit()) {
      return false;
    }
    byte[] found = new byte[magic.length()];
    file.get(offset, found);
    return new String(found, StandardCharsets.ISO_8859_1).equals(magic);
  }

  /** A name out of a file, fit to be shown. */
  public static String printable(String name) {
    return name.replaceAll("[^ -~]", "?");
  }
}
