package dev.tutti.core.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.golden.GoldenFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** WAV files as libsndfile and librosa read them, and files that are not quite WAV. */
class WavGoldenTest {
  private static final int TAG_EXTENSIBLE = 0xFFFE;

  @TestFactory
  Stream<DynamicTest> goodFiles() {
    return GoldenFiles.list(GoldenFiles.json("wav/wav.json").get("good")).stream()
        .map(c -> DynamicTest.dynamicTest(c.get("file").asText(), () -> good(c)));
  }

  private static void good(JsonNode c) {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes(c.get("file").asText()));
    assertEquals(c.get("sr").asInt(), clip.sampleRate());
    float[] mono = GoldenFiles.floats(c.get("mono_mean").get("file").asText());
    assertArrayEquals(mono, clip.samples(), c.get("channels").asInt() == 1 ? 0 : 1e-7f);
  }

  @Test
  void oddChunksAndUnknownSizesReadAsTheOriginal() {
    AudioClip original = AudioDecoder.decode(GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
    for (String odd : new String[] {"list_chunk_odd_size_before_data", "data_size_ffffffff"}) {
      AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("wav/odd_" + odd + ".wav"));
      int same = Math.min(clip.length(), original.length());
      assertArrayEquals(
          Arrays.copyOf(original.samples(), same), Arrays.copyOf(clip.samples(), same), odd);
      assertTrue(same > 0);
    }
  }

  @Test
  void brokenFilesSayWhatIsWrong() {
    assertRefused("truncated_data", "the WAV file is cut: its data chunk at byte 36 claims");
    assertRefused("no_data_chunk", "without a data chunk");
    assertRefused("zero_samples", "the audio has no samples");
  }

  private static void assertRefused(String odd, String reason) {
    byte[] file = GoldenFiles.bytes("wav/odd_" + odd + ".wav");
    InvalidAudioException e =
        assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(file));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void everyEncodingDecodesToTheSameScale() {
    assertSamples(wav(1, 8, 1, bytes(0, 64, 128, 255)), -1f, -0.5f, 0f, 127 / 128f);
    assertSamples(wav(1, 24, 1, bytes(0, 0, 0x80, 0xFF, 0xFF, 0xFF)), -1f, -0x1p-23f);
    assertSamples(wav(1, 32, 1, bytes(0, 0, 0, 0x80, 0, 0, 0, 0x40)), -1f, 0.5f);
    ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    doubles.putDouble(0.1).putDouble(-2);
    assertSamples(wav(3, 64, 1, doubles.array()), 0.1f, -2f);
  }

  @Test
  void extensibleFilesNameTheirEncodingInTheSubformat() {
    assertSamples(wav(TAG_EXTENSIBLE, 16, 1, bytes(0, 0x40)), 0.5f);
  }

  /** The sizes of RF64 and BW64 files stand in a chunk of their own; what follows is no audio. */
  @Test
  void sixtyFourBitSizesAreRead() {
    byte[] plain = wav(1, 16, 1, bytes(0, 0x40, 0, 0xC0));
    for (String kind : new String[] {"RF64", "BW64"}) {
      assertSamples(large(plain, kind, 4), 0.5f, -0.5f);
      for (long size : new long[] {1L << 40, -2}) {
        byte[] cut = large(plain, kind, size);
        InvalidAudioException e =
            assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(cut));
        assertTrue(e.getMessage().contains(Long.toUnsignedString(size)), e.getMessage());
      }
    }
  }

  /** The same samples in a file with 64-bit sizes, a chunk of text after them. */
  private static byte[] large(byte[] wav, String kind, long dataSize) {
    ByteBuffer file = ByteBuffer.allocate(wav.length + 36 + 12).order(ByteOrder.LITTLE_ENDIAN);
    file.put(kind.getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    file.put("WAVEds64".getBytes(StandardCharsets.US_ASCII)).putInt(28);
    file.putLong(wav.length).putLong(dataSize).putLong(2).putInt(0);
    file.put(wav, 12, wav.length - 12).put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(4);
    file.putInt(36 + 40, -1);
    return file.array();
  }

  @Test
  void channelsAreMixedDownToTheirMean() {
    assertSamples(wav(1, 16, 2, bytes(0, 0x40, 0, 0, 0, 0, 0, 0xC0)), 0.25f, -0.25f);
    assertSamples(wav(1, 8, 8, bytes(255, 129, 128, 128, 128, 128, 128, 128)), 0.125f);
  }

  @Test
  void otherEncodingsAreNamed() {
    byte[] mp3 = wav(0x55, 8, 1, bytes(1, 2));
    assertEquals(
        "WAV format tag 85 (MP3) with 8 bits is not accepted; accepted are PCM (tag 1) of 1 to 32"
            + " bits, float (tag 3) of 32 or 64, A-law (tag 6) and mu-law (tag 7) of 8. This"
            + " converts it: ffmpeg -i IN -ar 16000 -ac 1 OUT.wav",
        assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(mp3)).getMessage());
    byte[] nine = wav(1, 16, 9, new byte[18]);
    assertEquals(
        "the audio has 9 channels; accepted are 1 to 8",
        assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(nine)).getMessage());
    assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(new byte[0]));
    assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(bytes('R', 'I', 'F', 'F')));
  }

  @Test
  void rawPcmMustBeWholeFrames() {
    ByteBuffer pcm = ByteBuffer.wrap(bytes(0, 0x40, 0, 0xC0));
    assertArrayEquals(
        new float[] {0.5f, -0.5f}, PcmDecoder.decode(pcm, SampleFormat.INT16, 8000, 1).samples());
    assertEquals(4, pcm.remaining());
    ByteBuffer odd = ByteBuffer.wrap(new byte[5]);
    InvalidAudioException e =
        assertThrows(
            InvalidAudioException.class,
            () -> PcmDecoder.decode(odd, SampleFormat.FLOAT32, 16_000, 1));
    assertTrue(e.getMessage().contains("frames of 4 bytes"), e.getMessage());
  }

  @Test
  void samplesMustBeFinite() {
    InvalidAudioException e =
        assertThrows(
            InvalidAudioException.class,
            () -> AudioClip.of(new float[] {0, Float.POSITIVE_INFINITY}, 16_000));
    assertEquals("sample 1 is Infinity; every sample must be finite", e.getMessage());
  }

  private static void assertSamples(byte[] wav, float... expected) {
    assertArrayEquals(expected, AudioDecoder.decode(wav).samples());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] wav(int tag, int bits, int channels, byte[] data) {
    int formatSize = tag == TAG_EXTENSIBLE ? 40 : 16;
    ByteBuffer file =
        ByteBuffer.allocate(28 + formatSize + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(formatSize);
    file.putShort((short) tag).putShort((short) channels).putInt(16_000);
    file.putInt(16_000 * channels * bits / 8).putShort((short) (channels * bits / 8));
    file.putShort((short) bits);
    if (tag == TAG_EXTENSIBLE) {
      file.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) 1);
      file.position(20 + formatSize);
    }
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
    return file.array();
  }
}
