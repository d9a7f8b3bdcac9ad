package dev.tutti.core.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.mp3.MpegFiles;
import dev.tutti.core.audio.pcm.Chunks;
import dev.tutti.core.golden.GoldenFiles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A part of a file never passes for all of it, nor a later description for the first. */
class JoinedFilesTest {
  @ParameterizedTest
  @CsvSource({"bits16.wav,data", "bits16.wav,'fmt '", "bits16.aiff,SSND", "bits16.aiff,COMM"})
  void aChunkThatStandsOnceIsNotReadTwice(String file, String id) {
    List<byte[]> pieces = new ArrayList<>(pieces(file));
    List<byte[]> others = pieces(file.replace("16", "24"));
    byte[] other = others.stream().filter(piece -> is(piece, id)).findFirst().orElseThrow();
    pieces.add(id.equals("fmt ") ? 1 : pieces.size(), other);
    assertRefused(pieces, "another \"" + id + "\" chunk");
  }

  @Test
  void theSameFormatTwiceIsOne() {
    List<byte[]> pieces = new ArrayList<>(pieces("bits16.wav"));
    pieces.add(1, pieces.get(1));
    assertEquals(400, AudioDecoder.decode(MpegFiles.join(pieces)).length());
  }

  @ParameterizedTest
  @CsvSource({"tone.flac", "total0junk.flac"})
  void flacThatGoesOnBehindSomethingElseIsRefused(String other) {
    byte[] junk = {1, 2, 3};
    assertRefused(
        List.of(
            GoldenFiles.bytes("dialects/tone.flac"), junk, GoldenFiles.bytes("dialects/" + other)),
        "is joined of several");
    List<byte[]> frames = pieces("tone.flac");
    frames.add(frames.size() - 1, frames.get(frames.size() - 1));
    frames.add(frames.size() - 1, junk);
    assertRefused(frames, "is joined of several");
  }

  @Test
  void aSecondDescriptionOfAFlacStreamIsRefused() {
    List<byte[]> pieces = pieces("tone.flac");
    pieces.add(2, pieces.get(1));
    assertRefused(pieces, "a second STREAMINFO");
  }

  @Test
  void framesOfAnotherSampleRateThanTheStreamAreRefused() {
    byte[] flac = GoldenFiles.bytes("dialects/tone.flac");
    // The rate's 20 bits: 16,000 Hz becomes 16,016.
    flac[19] ^= 1;
    assertRefused(List.of(flac), "changes its sample rate");
  }

  private static void assertRefused(List<byte[]> parts, String reason) {
    byte[] file = MpegFiles.join(parts);
    InvalidAudioException e =
        assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(file));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static List<byte[]> pieces(String file) {
    return AudioPieces.of(GoldenFiles.bytes("dialects/" + file));
  }

  private static boolean is(byte[] piece, String id) {
    return Chunks.id(ByteBuffer.wrap(piece), 0).equals(id);
  }
}
