package dev.tutti.core.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.audio.flac.FlacEncoder;
import dev.tutti.core.golden.GoldenFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a recording is read, its samples are the same; and reading costs a block. */
class AudioReaderTest {
  private static final int MEBIBYTE = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wav/pcm16_mono_16k.wav",
        "flac/stereo24.flac",
        "flac/six16.flac",
        "audio/mono24.aiff",
        "audio/stereo.ogg",
        "audio/stereo.mp3"
      })
  void blocksOfAnySizeAddUpToTheClip(String name) {
    byte[] file = GoldenFiles.bytes(name);
    AudioClip clip = AudioDecoder.decode(file);
    for (long seed = 0; seed < 5; seed++) {
      AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(file));
      assertEquals(clip.sampleRate(), reader.sampleRate());
      assertArrayEquals(clip.samples(), readAtRandom(reader, new Random(seed)));
      assertEquals(-1, reader.read(new float[1]));
    }
  }

  @Property(tries = 200)
  void resamplingByBlocksGivesTheSameBits(
      @ForAll @IntRange(min = 1, max = 20_000) int length,
      @ForAll @IntRange(min = 4000, max = 192_000) int from,
      @ForAll @IntRange(min = 8000, max = 48_000) int to,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] samples = noise(length, random);
    AudioClip clip = AudioClip.of(samples, from);
    AudioReader reader = new ClipReader(clip).resampled(to);
    float[] expected = clip.resample(to).samples();
    assertEquals(expected.length, reader.length().getAsLong());
    assertArrayEquals(expected, readAtRandom(reader, random));
    assertEquals(-1, reader.read(new float[1]));
  }

  @Test
  void aBeginningIsAllThatIsDecoded() {
    byte[] flac = FlacEncoder.encode(AudioClip.of(new float[1 << 22], 44_100));
    assertTrue(flac.length < 1 << 14, "bytes: " + flac.length);
    long before = allocated();
    AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(flac));
    assertEquals(1 << 22, reader.length().getAsLong());
    assertEquals(4 * 44_100, reader.readClip(4 * 44_100).length());
    assertTrue(allocated() - before < 5 * MEBIBYTE, "bytes: " + (allocated() - before));
  }

  @Test
  void aWholeRecordingIsReadInTheMemoryOfABlock() {
    byte[] flac = FlacEncoder.encode(AudioClip.of(new float[1 << 21], 44_100));
    long before = allocated();
    AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(flac)).resampled(16_000);
    float[] block = new float[1000];
    long samples = 0;
    for (int count = reader.read(block); count > 0; count = reader.read(block)) {
      samples += count;
    }
    assertEquals(new Resampler(44_100, 16_000).length(1 << 21), samples);
    // Decoded it takes 8 MiB. The filters of the resampler are 0.3 MiB.
    assertTrue(allocated() - before < 2 * MEBIBYTE, "bytes: " + (allocated() - before));
  }

  @Test
  void damageIsReportedWhenReadingGetsThere() {
    byte[] flac = FlacEncoder.encode(AudioClip.of(noise(20_000, new Random(1)), 16_000));
    AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(flac, 0, flac.length - 100));
    assertEquals(4096, reader.readClip(4096).length());
    assertThrows(InvalidAudioException.class, () -> reader.readClip(20_000));
  }

  @Test
  void samplesThatAreNotFiniteAreNamedByTheirPlaceInTheRecording() {
    byte[] wav = GoldenFiles.bytes("wav/float32_mono_44k1.wav");
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putFloat(wav.length - 4, Float.NaN);
    AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(wav));
    long last = reader.length().getAsLong() - 1;
    float[] block = new float[100];
    InvalidAudioException e =
        assertThrows(
            InvalidAudioException.class,
            () -> {
              while (reader.read(block) > 0) {}
            });
    assertEquals("sample %d is NaN; every sample must be finite".formatted(last), e.getMessage());
  }

  @Test
  void aBlockWithoutRoomGetsNothing() {
    AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(GoldenFiles.bytes("flac/mono16.flac")));
    assertEquals(0, reader.read(new float[0]));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.read(new float[4], 2, 3));
  }

  @Test
  void longFilesAreRead(@TempDir Path folder) throws IOException {
    byte[] start = Arrays.copyOf(GoldenFiles.bytes("dialects/sizeffffffff.wav"), 44);
    ByteBuffer wav = ByteBuffer.allocate(17 * MEBIBYTE).order(ByteOrder.LITTLE_ENDIAN).put(start);
    wav.putShort(44, (short) 16_384).putShort(wav.limit() - 2, (short) -16_384);
    Path file = Files.write(folder.resolve("long.wav"), wav.array());
    long before = allocated();
    try (AudioReader reader = AudioDecoder.open(file)) {
      float[] block = new float[4096];
      assertEquals((wav.limit() - 44) / 2, reader.length().getAsLong());
      float last = 0;
      int count = reader.read(block);
      assertEquals(0.5f, block[0]);
      for (; count > 0; count = reader.read(block)) {
        last = block[count - 1];
      }
      assertEquals(-0.5f, last);
    }
    assertTrue(allocated() - before < MEBIBYTE, "bytes: " + (allocated() - before));
  }

  private static float[] noise(int length, Random random) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = random.nextFloat() - 0.5f;
    }
    return samples;
  }

  private static float[] readAtRandom(AudioReader reader, Random random) {
    float[] all = new float[1 << 20];
    int length = 0;
    int count = 0;
    while (count >= 0) {
      length += count;
      count = reader.read(all, length, 1 + random.nextInt(random.nextInt(10_000) + 1));
      assertTrue(count != 0);
    }
    return Arrays.copyOf(all, length);
  }

  /** Bytes that this thread has allocated so far. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
