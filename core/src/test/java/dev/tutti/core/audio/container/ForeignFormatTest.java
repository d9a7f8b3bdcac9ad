package dev.tutti.core.audio.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of a kind that is not read is named. */
class ForeignFormatTest {
  private static final String CONVERSION =
      ", which is not read; accepted are WAV, FLAC, Ogg Vorbis, MP3 and AIFF. This converts it:"
          + " ffmpeg -i IN -ar 16000 -ac 1 OUT.wav";

  @ParameterizedTest
  @CsvSource({
    "000000206674797069736f6d,MP4 (m4a;  mov)",
    "1a45dfa39f42,Matroska or WebM",
    "3026b2758e66cf11a6d9,ASF (wma;  wmv)",
    "636166660001,Core Audio (caf)",
    "2e736e6400000018,AU (snd)",
    "2321414d520a,AMR",
    "726966662e91cf11a5d6,Wave64 (w64)",
    "fff15c8007ff,AAC (ADTS)",
    "7776706b,WavPack",
    "4d414320,Monkey's Audio (ape)",
    "524946460000000041564920,AVI"
  })
  void soundInOtherContainersIsNamedWithItsConversion(String hex, String name) {
    assertEquals("the file is " + name.replace("; ", ",") + CONVERSION, message(bytes(hex)));
  }

  @ParameterizedTest
  @CsvSource({
    "MThd,'MIDI (notes, no sound)'",
    "'PK\u0003\u0004',a ZIP archive",
    "<!DOCTYPE html>,text",
    "hello,text"
  })
  void whatHoldsNoSoundIsNamedWithoutAConversion(String start, String name) {
    String message = message(start.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        "the file is "
            + name
            + ", which is not read; accepted are WAV, FLAC, Ogg Vorbis, MP3 and AIFF",
        message);
  }

  @Test
  void anUnknownKindShowsHowItStarts() {
    assertTrue(message(bytes("01020304")).startsWith("4 bytes starting with [01 02 03 04] are no"));
    assertTrue(message(new byte[0]).startsWith("the file is empty"));
    assertTrue(
        message(bytes("49443304000000000000")).startsWith("the file is empty or has nothing"));
  }

  /** The name of the container is found behind a tag as well. */
  @Test
  void aTagInFrontHidesNothing() {
    assertTrue(message(bytes("494433040000000000027878fff15c80")).contains("AAC (ADTS)"));
  }

  private static String message(byte[] file) {
    return assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(file)).getMessage();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
