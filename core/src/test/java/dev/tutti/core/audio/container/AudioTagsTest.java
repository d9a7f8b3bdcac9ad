package dev.tutti.core.audio.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever tags stand around it, in whatever order: the audio between is found to the byte. */
class AudioTagsTest {
  private static final byte[] AUDIO = {-1, -5, 'x', 'T', 'A', 'G', 7, 'I', 'D', '3', 9};

  @Property(tries = 500)
  void audioIsFoundBetweenAnyTags(
      @ForAll @IntRange(max = 4) int before,
      @ForAll @IntRange(max = 5) int behind,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < before; i++) {
      parts.add(front(random));
    }
    parts.add(AUDIO);
    for (int i = 0; i < behind; i++) {
      parts.add(back(random));
    }
    ByteBuffer file = ByteBuffer.wrap(join(parts));
    int start = AudioTags.start(file);
    assertEquals(parts.subList(0, before).stream().mapToInt(p -> p.length).sum(), start);
    assertEquals(start + AUDIO.length, AudioTags.end(file, start));
    assertTrue(AudioTags.only(file, start + AUDIO.length));
    assertFalse(AudioTags.only(file, start + AUDIO.length - 1));
  }

  @Test
  void zerosDirectlyBehindTheAudioStay() {
    byte[] file = join(List.of(AUDIO, new byte[100], id3v1(0), new byte[300]));
    assertEquals(AUDIO.length + 100, AudioTags.end(ByteBuffer.wrap(file), 0));
    assertTrue(AudioTags.only(ByteBuffer.wrap(file), AUDIO.length));
    assertEquals(AUDIO.length + 7, AudioTags.end(buffer(AUDIO, new byte[7]), 0));
  }

  @Test
  void zerosInFrontOfAFileAreNoPartOfIt() {
    assertEquals(512, AudioTags.start(buffer(new byte[512], AUDIO)));
    assertEquals(0, AudioTags.start(buffer(new byte[3], AUDIO)));
  }

  @Test
  void whatIsNoTagStays() {
    assertEquals(0, AudioTags.start(buffer("ID3".getBytes(StandardCharsets.US_ASCII))));
    byte[] highSize = id3v2(9, false);
    highSize[7] = -1;
    assertEquals(0, AudioTags.start(buffer(highSize, AUDIO)));
    ByteBuffer nearly = buffer(AUDIO, id3v1(3), new byte[] {1});
    assertEquals(nearly.limit(), AudioTags.end(nearly, 0));
    ByteBuffer lyrics = buffer(AUDIO, "000099LYRICS200".getBytes(StandardCharsets.US_ASCII));
    assertEquals(lyrics.limit(), AudioTags.end(lyrics, 0));
  }

  @Test
  void aTagDoesNotReachBackIntoTheAudio() {
    ByteBuffer file = buffer(AUDIO, ape(50, true, true));
    assertEquals(file.limit(), AudioTags.end(file, AUDIO.length + 33));
    ByteBuffer cut = buffer(id3v2(1000, false), new byte[0]).limit(500);
    assertEquals(500, AudioTags.start(cut));
  }

  private static byte[] front(Random random) {
    int size = random.nextInt(300);
    return switch (random.nextInt(4)) {
      case 0 -> id3v2(size, false);
      case 1 -> join(List.of(id3v2(size, true)));
      case 2 -> join(List.of(id3v2(size, false), new byte[random.nextInt(50)]));
      default -> ape(size, true, random.nextBoolean());
    };
  }

  private static byte[] back(Random random) {
    int size = random.nextInt(300);
    return switch (random.nextInt(8)) {
      case 0 -> id3v1(random.nextInt(2));
      case 1 -> join(List.of(extension(), id3v1(random.nextInt(2))));
      case 2 -> ape(size, false, true);
      case 3 -> ape(size, true, true);
      case 4 -> lyrics2(size);
      case 5 -> "LYRICSBEGINla la laLYRICSEND".getBytes(StandardCharsets.US_ASCII);
      case 6 -> id3v2(size, true);
      default -> join(List.of(id3v1(0), new byte[random.nextInt(400)]));
    };
  }

  private static byte[] extension() {
    byte[] tag = new byte[227];
    System.arraycopy("TAG+".getBytes(StandardCharsets.US_ASCII), 0, tag, 0, 4);
    return tag;
  }

  private static byte[] id3v1(int genre) {
    byte[] tag = new byte[128];
    System.arraycopy("TAGname".getBytes(StandardCharsets.US_ASCII), 0, tag, 0, 7);
    tag[127] = (byte) genre;
    return tag;
  }

  private static byte[] id3v2(int size, boolean footer) {
    ByteBuffer tag = ByteBuffer.allocate(10 + size + (footer ? 10 : 0));
    tag.put("ID3".getBytes(StandardCharsets.US_ASCII));
    tag.put(rest(size, footer)).position(10 + size);
    if (footer) {
      tag.put("3DI".getBytes(StandardCharsets.US_ASCII)).put(rest(size, true));
    }
    return tag.array();
  }

  private static byte[] rest(int size, boolean footer) {
    return new byte[] {
      4, 0, (byte) (footer ? 0x10 : 0), 0, 0, (byte) (size >> 7), (byte) (size & 0x7F)
    };
  }

  private static byte[] ape(int size, boolean header, boolean footer) {
    ByteBuffer tag =
        ByteBuffer.allocate((header ? 32 : 0) + size + (footer ? 32 : 0))
            .order(ByteOrder.LITTLE_ENDIAN);
    int flags = (header ? 1 << 31 : 0) | (footer ? 0 : 1 << 30);
    if (header) {
      apeHeader(tag, size + (footer ? 32 : 0), flags | 1 << 29);
    }
    tag.position(tag.position() + size);
    if (footer) {
      apeHeader(tag, size + 32, flags);
    }
    return tag.array();
  }

  private static void apeHeader(ByteBuffer tag, int size, int flags) {
    tag.put("APETAGEX".getBytes(StandardCharsets.US_ASCII)).putInt(2000).putInt(size).putInt(1);
    tag.putInt(flags).putLong(0);
  }

  private static byte[] lyrics2(int size) {
    String text = "LYRICSBEGIN" + "a".repeat(size);
    return (text + "%06dLYRICS200".formatted(text.length())).getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuffer buffer(byte[]... parts) {
    return ByteBuffer.wrap(join(List.of(parts)));
  }

  private static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
