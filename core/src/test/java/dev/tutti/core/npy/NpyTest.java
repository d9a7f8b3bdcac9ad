package dev.tutti.core.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.golden.GoldenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  @TempDir private Path folder;

  private NpyArray read(String header, byte[] numbers) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(10 + header.length() + numbers.length);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.order(ByteOrder.LITTLE_ENDIAN).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.ISO_8859_1)).put(numbers);
    return NpyArray.read(Files.write(folder.resolve("a.npy"), file.array()));
  }

  private static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }   \n"
        .formatted(descr, fortran ? "True" : "False", shape);
  }

  @Test
  void filesOfNumpyAreRead() throws IOException {
    NpyArray scores = NpyArray.read(GoldenFiles.path("sklearn/n7_ties.scores.npy"));
    assertEquals(List.of(7, 10), scores.shape());
    assertArrayEquals(GoldenFiles.doubles("sklearn/n7_ties.scores.npy"), scores.values());
    assertEquals(List.of(0, 10), NpyArray.read(GoldenFiles.path("sklearn/n0.y_true.npy")).shape());
  }

  @Test
  void whatIsWrittenIsReadAndIsWhatNumpyWrites() throws IOException {
    Path file = folder.resolve("b.npy");
    Path golden = GoldenFiles.path("sklearn/n40_11labels.scores.npy");
    NpyArray scores = NpyArray.read(golden);
    NpyWriter.write(file, scores.values(), 40, 11);
    assertArrayEquals(Files.readAllBytes(golden), Files.readAllBytes(file));
    NpyWriter.write(file, new float[] {1.5f, -2}, 2);
    assertEquals(List.of(2), NpyArray.read(file).shape());
    assertArrayEquals(new double[] {1.5, -2}, NpyArray.read(file).values());
    assertEquals(0, Files.size(file) % 8);
    assertThrows(
        IllegalArgumentException.class, () -> NpyWriter.write(file, new float[] {1, 2, 3}, 2, 2));
  }

  @Test
  void everyOrderIsReadInCOrder() throws IOException {
    byte[] six = {0, 1, 2, 3, 4, -1};
    assertArrayEquals(
        new double[] {0, 2, 4, 1, 3, -1}, read(header("|i1", true, "(2, 3)"), six).values());
    assertArrayEquals(
        new double[] {0, 1, 2, 3, 4, 255}, read(header("|u1", false, "(6,)"), six).values());
    assertArrayEquals(
        new double[] {1, 515, 1279}, read(header(">i2", false, "(3,)"), six).values());
    assertArrayEquals(new double[] {1}, read(header("|b1", false, "()"), new byte[] {7}).values());
  }

  @Test
  void halvesAreReadAsNumpyReadsThem() throws IOException {
    byte[] halves = {0, 0x3c, 1, 0, -1, 3, 0, 4, -1, 0x7b, 0, 0x7c, 1, 0x7c, 0, -128, 0, -64};
    double[] expected = {
      1, 0x1p-24, 1023 * 0x1p-24, 0x1p-14, 65504, Double.POSITIVE_INFINITY, Double.NaN, -0.0, -2
    };
    assertArrayEquals(expected, read(header("<f2", false, "(9,)"), halves).values());
    assertArrayEquals(
        new double[] {1}, read(header(">f2", false, "(1,)"), new byte[] {0x3c, 0}).values());
  }

  @Test
  void integersWithoutSignAreReadAsNumpyReadsThem() throws IOException {
    byte[] high = {-1, -1, -1, -1, -1, -1, -1, -1};
    assertArrayEquals(
        new double[] {65535, 65535, 65535, 65535},
        read(header("<u2", false, "(4,)"), high).values());
    assertArrayEquals(
        new double[] {4294967295.0, 4294967295.0},
        read(header(">u4", false, "(2,)"), high).values());
    assertArrayEquals(new double[] {0x1p64}, read(header("<u8", false, "(1,)"), high).values());
    // 2^63 + 1025 lies just above the middle of two doubles.
    byte[] middle = {1, 4, 0, 0, 0, 0, 0, -128};
    assertArrayEquals(
        new double[] {0x1p63 + 2048}, read(header("<u8", false, "(1,)"), middle).values());
  }

  @Test
  void headersOfPython2AndOfOtherLiteralsAreRead() throws IOException {
    byte[] four = {1, 2, 3, 4};
    assertEquals(List.of(2, 2), read(header("|u1", false, "(2L, 2L)"), four).shape());
    assertEquals(List.of(4), read(header("|u1", false, "(4L,)"), four).shape());
    String other = "{\"shape\": (2, 2), u'fortran_order': False, \"descr\": \"uint8\"}";
    assertArrayEquals(new double[] {1, 2, 3, 4}, read(other, four).values());
  }

  @Test
  void formatVersions2And3AreRead() throws IOException {
    for (byte version = 2; version <= 3; version++) {
      String text = header("|u1", false, "(1,)");
      ByteBuffer file = ByteBuffer.allocate(13 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
      file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', version, 0});
      file.putInt(text.length()).put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 9);
      Path written = Files.write(folder.resolve("v.npy"), file.array());
      assertArrayEquals(new double[] {9}, NpyArray.read(written).values());
    }
  }

  @Test
  void brokenFilesAreRefusedBeforeAnythingIsAllocated() {
    byte[] eight = new byte[8];
    refused("does not fit the 8 bytes", header("<f8", false, "(2000000000, 2000000000)"), eight);
    refused("does not fit the 8 bytes", header("<f8", false, "(2,)"), eight);
    refused("does not fit the 8 bytes", header("|u1", false, "(7,)"), eight);
    refused("is not supported", header("<f8", false, "(99999999999,)"), eight);
    refused("'<c8' is not supported; accepted are b1", header("<c8", false, "(1,)"), eight);
    refused("'|O' is not supported", header("|O", false, "(1,)"), eight);
    refused("is no dictionary", "nonsense", eight);
    refused("is no dictionary", "{'descr': '<f8', 'shape': (1,)}", eight);
    refused("is no dictionary", "{'descr': True, 'fortran_order': False, 'shape': (1,)}", eight);
  }

  private void refused(String why, String header, byte[] numbers) {
    NpyException e = assertThrows(NpyException.class, () -> read(header, numbers));
    assertTrue(e.getMessage().contains(why) && e.getMessage().contains("a.npy"), e.getMessage());
  }

  @Test
  void everyCutFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(GoldenFiles.path("sklearn/n1.scores.npy"));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("c.npy"), Arrays.copyOf(whole, length));
      assertThrows(NpyException.class, () -> NpyArray.read(cut), "cut at " + length);
    }
  }
}
