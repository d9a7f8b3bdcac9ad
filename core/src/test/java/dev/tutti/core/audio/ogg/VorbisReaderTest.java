package dev.tutti.core.audio.ogg;

import static dev.tutti.core.audio.mp3.MpegFiles.golden;
import static dev.tutti.core.audio.mp3.MpegFiles.id3v1;
import static dev.tutti.core.audio.mp3.MpegFiles.id3v2;
import static dev.tutti.core.audio.mp3.MpegFiles.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which samples of which streams of an Ogg file are heard, and which files are refused. */
class VorbisReaderTest {
  private static final int HEADER_PAGES = 2;

  private final byte[] mono = golden("audio/mono.ogg");
  private final byte[] stereo = golden("audio/stereo.ogg");
  private final byte[] paged = golden("audio/many_pages.ogg");
  private final List<byte[]> pages = OggFiles.pages(paged);

  @Test
  void allLinksOfAChainedFileAreReadWhateverTheirChannels() {
    float[] expected = concat(samples(mono), samples(stereo), samples(paged), samples(mono));
    assertArrayEquals(expected, samples(join(mono, stereo, paged, mono)));
  }

  @Test
  void tagsAroundAChainedFileArePassedOver() {
    float[] expected = concat(samples(mono), samples(stereo));
    assertArrayEquals(expected, samples(join(id3v2(200), mono, stereo, id3v1())));
  }

  @Test
  void aLinkThatIsCutIsRefusedAlsoInFrontOfOthers() {
    List<byte[]> cut = new ArrayList<>(pages.subList(0, pages.size() - 1));
    assertTrue(refusal(join(cut)).contains("last page of the Vorbis stream is missing"));
    cut.add(mono);
    assertTrue(refusal(join(cut)).contains("last page of the Vorbis stream is missing"));
  }

  @Test
  void aMissingPageAndWhatIsNoPageAreErrorsThatSayWhere() {
    List<byte[]> gap = new ArrayList<>(pages);
    gap.remove(6);
    int place = join(gap.subList(0, 6)).length;
    assertTrue(
        refusal(join(gap))
            .contains("lacks a page of its Vorbis stream before byte " + place(place)));
    byte[] junk = "junk".getBytes(StandardCharsets.US_ASCII);
    String message = refusal(join(mono, junk, stereo));
    assertTrue(message.contains("the 4 bytes from byte " + place(mono.length)), message);
    assertArrayEquals(samples(mono), samples(join(mono, junk)));
  }

  @Test
  void aPageBehindTheLastAndOneOfAStreamThatNeverBeganAreRefused() {
    byte[] last = pages.get(pages.size() - 1);
    String behind = refusal(join(paged, last));
    assertTrue(behind.contains("goes on behind its last page, at byte " + place(paged.length)));
    List<byte[]> strange = new ArrayList<>(pages);
    strange.add(4, OggFiles.withStream(pages.get(4), 77));
    String message = refusal(join(strange));
    assertTrue(message.contains("of a stream that never began"), message);
  }

  @Test
  void aLinkOfAnotherSampleRateIsRefused() {
    byte[] other = OggFiles.pages(mono).get(0);
    // The rate stands behind the page's header of 28 bytes, "1vorbis", version and channels.
    byte[] packet = Arrays.copyOfRange(other, 28, other.length);
    packet[12] = (byte) (22_050 & 0xFF);
    packet[13] = (byte) (22_050 >> 8);
    List<byte[]> changed = new ArrayList<>(OggFiles.pages(mono));
    changed.set(
        0, OggFiles.withStream(OggFiles.page(0, 0, OggFiles.BEGINS, packet), stream(other)));
    String message = refusal(join(mono, join(changed)));
    assertTrue(message.contains("changes its sample rate from 16000 to 22050 Hz"), message);
  }

  @Test
  void streamsBesideTheVorbisArePassedOver() {
    byte[] skeleton = "fishead\0and more".getBytes(StandardCharsets.US_ASCII);
    List<byte[]> mixed = new ArrayList<>();
    mixed.add(OggFiles.page(77, 0, OggFiles.BEGINS, skeleton));
    mixed.addAll(pages.subList(0, 5));
    mixed.add(OggFiles.page(77, 1, 0, skeleton));
    mixed.addAll(pages.subList(5, pages.size()));
    mixed.add(OggFiles.page(77, 2, OggFiles.ENDS, new byte[0]));
    mixed.add(mono);
    assertArrayEquals(concat(samples(paged), samples(mono)), samples(join(mixed)));
  }

  @ParameterizedTest
  @CsvSource({"OpusHead, Opus", "'Speex   ', Speex", "\u007fFLAC, FLAC", "BBCD, Dirac"})
  void otherCodecsAreRefusedByNameAlsoInALaterLink(String magic, String name) {
    byte[] packet = (magic + "\1\1\1").getBytes(StandardCharsets.ISO_8859_1);
    byte[] other = OggFiles.page(5, 0, OggFiles.BEGINS | OggFiles.ENDS, packet);
    for (byte[] file : List.of(other, join(mono, other))) {
      String message = refusal(file);
      assertTrue(message.contains("holds " + name + " from byte"), message);
      assertTrue(message.contains("ffmpeg -i IN -ar 16000 -ac 1 OUT.wav"), message);
    }
  }

  @Test
  void twoVorbisStreamsSideBySideAreRefused() {
    List<byte[]> mixed = new ArrayList<>();
    mixed.add(pages.get(0));
    mixed.add(OggFiles.withStream(pages.get(0), 99));
    mixed.addAll(pages.subList(1, pages.size()));
    assertTrue(refusal(join(mixed)).contains("holds Vorbis and Vorbis"));
  }

  @Test
  void aLiveRecordingBeginsAtAnyPositionWithPagesMissingBehindItsHeaders() {
    List<byte[]> live = new ArrayList<>(pages.subList(0, HEADER_PAGES));
    live.addAll(pages.subList(8, pages.size()));
    float[] whole = samples(paged);
    float[] heard = samples(join(live));
    // The first block only prepares the next one: some samples of its page are not heard.
    int most = whole.length - (int) OggFiles.granule(pages.get(7));
    assertTrue(heard.length <= most && heard.length > most - 1_024, heard.length + " of " + most);
    float[] end = Arrays.copyOfRange(whole, whole.length - heard.length, whole.length);
    assertArrayEquals(end, heard, 1e-6f);
  }

  @Test
  void samplesBeforePositionZeroAndBehindTheLastPositionAreNotHeard() {
    float[] whole = samples(paged);
    List<byte[]> shifted = new ArrayList<>(pages.subList(0, HEADER_PAGES));
    for (byte[] page : pages.subList(HEADER_PAGES, pages.size())) {
      shifted.add(OggFiles.withGranule(page, OggFiles.granule(page) - 100));
    }
    assertArrayEquals(Arrays.copyOfRange(whole, 100, whole.length), samples(join(shifted)));
    List<byte[]> shortened = new ArrayList<>(pages);
    byte[] last = pages.get(pages.size() - 1);
    shortened.set(pages.size() - 1, OggFiles.withGranule(last, OggFiles.granule(last) - 77));
    assertArrayEquals(Arrays.copyOf(whole, whole.length - 77), samples(join(shortened)));
  }

  @Test
  void everyPageOfTheFileIsHeard() {
    assertEquals(8_000, samples(paged).length);
  }

  private static int stream(byte[] page) {
    return java.nio.ByteBuffer.wrap(page).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(14);
  }

  private static String place(int at) {
    return "%,d".formatted(at);
  }

  private static float[] concat(float[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    float[] joined = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  private static float[] samples(byte[] file) {
    return AudioDecoder.decode(file).samples();
  }

  private static String refusal(byte[] file) {
    return assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(file)).getMessage();
  }
}
