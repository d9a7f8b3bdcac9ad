package dev.tutti.core.audio.mp3;

import static dev.tutti.core.audio.mp3.MpegFiles.find;
import static dev.tutti.core.audio.mp3.MpegFiles.frames;
import static dev.tutti.core.audio.mp3.MpegFiles.golden;
import static dev.tutti.core.audio.mp3.MpegFiles.id3v1;
import static dev.tutti.core.audio.mp3.MpegFiles.id3v2;
import static dev.tutti.core.audio.mp3.MpegFiles.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frames of a file of MPEG audio are heard, and which files are refused. */
class Mp3ReaderTest {
  private static final int FRAME = 576;

  /** How much of the start LAME's delay and the decoder's take. */
  private static final int START = 1105;

  private final byte[] mono = golden("audio/mono.mp3");
  private final byte[] stereo = golden("audio/stereo.mp3");

  /** Without a frame that describes it: layer III at 32 kHz. */
  private final byte[] plain = golden("mpeg/short_32k.mp3");

  @Test
  void partsInMonoAndInStereoAreReadWhole() {
    int frames = frames(mono).size() - 1 + frames(stereo).size();
    float[] joined = samples(join(mono, stereo));
    assertEquals(frames * FRAME - START, joined.length);
    float[] first = samples(mono);
    assertArrayEquals(first, Arrays.copyOf(joined, first.length));
    // The second file's own samples, behind its describing frame and its delay.
    int start = (frames(mono).size() - 1 + 1) * FRAME;
    float[] second = samples(stereo);
    int from = start;
    assertArrayEquals(
        Arrays.copyOfRange(second, FRAME, second.length),
        Arrays.copyOfRange(joined, from + FRAME, from + second.length),
        1e-6f);
    assertEquals(frames * FRAME - START, samples(join(stereo, mono)).length);
  }

  @Test
  void theLastFrameIsHeardWhateverTagFollows() {
    List<byte[]> frames = frames(plain);
    float[] whole = samples(plain);
    assertEquals(frames.size() * 2 * FRAME, whole.length);
    byte[] ape = new byte[32];
    System.arraycopy("APETAGEX".getBytes(StandardCharsets.US_ASCII), 0, ape, 0, 8);
    ape[8] = (byte) 0xD0;
    ape[9] = 7;
    ape[12] = 32;
    for (byte[] tag : List.of(id3v1(), ape, new byte[700], join(ape, id3v1()))) {
      assertArrayEquals(whole, samples(join(plain, tag)));
    }
    assertArrayEquals(
        whole, samples(join(plain, "no tag at all".getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void tagsBetweenJoinedFilesAreNoFrames() {
    float[] joined = samples(join(mono, mono));
    byte[] tagged =
        join(id3v2(99), id3v2(7), mono, id3v1(), new byte[50], id3v2(33), mono, id3v1());
    assertArrayEquals(joined, samples(tagged));
  }

  @Test
  void aDescribingFrameWithChecksumIsNoAudioWhereverItsTagStands() {
    byte[] file = golden("mpeg/crc_16k_mono.mp3");
    assertEquals(1_600, samples(file).length);
    // Behind the checksum, as other encoders than LAME write it.
    int tag = find(file, "Info");
    int end = frames(file).get(0).length;
    byte[] moved = file.clone();
    System.arraycopy(file, tag, moved, tag + 2, end - tag - 2);
    assertArrayEquals(samples(file), samples(moved));
  }

  @Test
  void aDescriptionByFraunhoferIsNoAudio() {
    List<byte[]> frames = frames(plain);
    byte[] described = new byte[frames.get(0).length];
    System.arraycopy(plain, 0, described, 0, 4);
    ByteBuffer.wrap(described)
        .position(36)
        .put("VBRI".getBytes(StandardCharsets.US_ASCII))
        .position(36 + 10)
        .putInt(plain.length + described.length)
        .putInt(frames.size());
    assertArrayEquals(samples(plain), samples(join(described, plain)));
  }

  @Test
  void ofAFileThatIsCutNothingIsHeardWhereItsFirstFrameTells() {
    List<byte[]> frames = frames(mono);
    byte[] cut = join(frames.subList(0, frames.size() - 3));
    String message = refusal(cut);
    assertTrue(message.contains("is cut"), message);
    assertTrue(message.contains("announces %d frames".formatted(frames.size() - 1)), message);
    assertTrue(message.contains("%d are there".formatted(frames.size() - 4)), message);
  }

  @Test
  void aLastFrameThatIsCutKeepsItsLength() {
    float[] whole = samples(plain);
    for (int cut : new int[] {1, 200, 350}) {
      float[] samples = samples(Arrays.copyOf(plain, plain.length - cut));
      assertEquals(whole.length, samples.length);
      int before = whole.length - 2 * FRAME;
      assertArrayEquals(Arrays.copyOf(whole, before), Arrays.copyOf(samples, before));
    }
  }

  @Test
  void aFrameThatIsLostIsAnErrorThatSaysWhere() {
    List<byte[]> frames = frames(plain);
    int third = frames.get(0).length + frames.get(1).length;
    byte[] damaged = plain.clone();
    damaged[third] = 0x12;
    String message = refusal(damaged);
    assertTrue(message.contains("behind frame 2"), message);
    assertTrue(message.contains("from byte %,d on".formatted(third)), message);
    List<byte[]> parts = new ArrayList<>(frames);
    parts.add(2, "something else".getBytes(StandardCharsets.US_ASCII));
    assertTrue(refusal(join(parts)).contains("the 14 bytes from byte %,d on".formatted(third)));
  }

  @Test
  void somethingElseInFrontOfTheFirstFrameIsPassedOver() {
    byte[] other = "GET /live.mp3 HTTP/1.0".getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(samples(mono), samples(join(other, mono)));
  }

  @Test
  void framesOfAnotherKindAreRefusedByName() {
    String rate = refusal(join(plain, golden("mpeg/vbr_48k.mp3")));
    assertTrue(rate.contains("is MPEG-1 layer III of 48000 Hz"), rate);
    assertTrue(rate.contains("those before are MPEG-1 layer III of 32000 Hz"), rate);
    String layer = refusal(join(golden("mpeg/vbr_48k.mp3"), golden("mpeg/layer2_48k_joint.mp2")));
    assertTrue(layer.contains("is MPEG-1 layer II of 48000 Hz"), layer);
  }

  @Test
  void damagedSideInformationIsAnErrorThatSaysWhere() {
    byte[] damaged = plain.clone();
    int second = frames(plain).get(0).length;
    Arrays.fill(damaged, second + 6, second + 30, (byte) 0xFF);
    String message = refusal(damaged);
    assertTrue(
        message.contains("frame 2 of the MP3 file, at byte %,d,".formatted(second)), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void theEndIsCutOffOnlyWhereTheFirstFrameCountsRight(int more) {
    byte[] file = golden("mpeg/crc_16k_mono.mp3");
    byte[] counted = file.clone();
    int count = find(file, "Info") + 8;
    int frames = ByteBuffer.wrap(file).getInt(count);
    ByteBuffer.wrap(counted).putInt(count, more < 0 ? 0 : frames + more);
    int whole = frames * FRAME - START;
    assertTrue(samples(file).length < whole);
    assertEquals(more == 0 ? samples(file).length : whole, samples(counted).length);
  }

  @Test
  void chanceHeadersOfFreeFormatBehindSomethingElseAreNoAudio() {
    byte[] junk = new byte[1900];
    Arrays.fill(junk, (byte) 1);
    ByteBuffer.wrap(junk).putInt(20, 0xFFFF0000).putInt(1000, 0xFFFF0000);
    assertTrue(refusal(junk).contains("no audio file of a known kind"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void textIsNoAudio(int lines) {
    byte[] text = "Hello world\n".repeat(100 * lines).getBytes(StandardCharsets.UTF_16LE);
    byte[] marked = join(new byte[] {(byte) 0xFF, (byte) 0xFE}, text);
    assertTrue(refusal(marked).contains("no audio file of a known kind"));
  }

  @Property(tries = 30)
  void anySizesOfBlocksGiveTheSameSamples(@ForAll @IntRange(min = 1, max = 3_000) int size) {
    float[] whole = samples(mono);
    AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(mono));
    assertEquals(whole.length, reader.length().orElseThrow());
    float[] read = new float[whole.length];
    int length = 0;
    float[] block = new float[size];
    for (int count = reader.read(block); count >= 0; count = reader.read(block)) {
      System.arraycopy(block, 0, read, length, count);
      length += count;
    }
    assertEquals(whole.length, length);
    assertArrayEquals(whole, read);
  }

  private static float[] samples(byte[] file) {
    return AudioDecoder.decode(file).samples();
  }

  private static String refusal(byte[] file) {
    return assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(file)).getMessage();
  }
}
