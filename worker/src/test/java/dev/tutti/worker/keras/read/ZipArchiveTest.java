package dev.tutti.worker.keras.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.UnsupportedModelException;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {
  private static final Place PLACE = new Place("model.keras");

  @TempDir Path folder;

  @Test
  void aDeflatedModelIsTheStoredOne() throws IOException {
    Path stored = Golden.path("variants/keras3_gap_head.keras");
    Path deflated = folder.resolve("deflated.keras");
    try (ZipFile archive = new ZipFile(stored.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(deflated))) {
      for (ZipEntry entry : archive.stream().toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = archive.getInputStream(entry)) {
          in.transferTo(out);
        }
      }
    }
    try (KerasModelFile expected = KerasModelFile.open(stored);
        KerasModelFile found = KerasModelFile.open(deflated)) {
      assertEquals(expected.model(), found.model());
      for (WeightTensor weight : expected.model().weights()) {
        assertEquals(expected.read(weight), found.read(weight));
      }
    }
  }

  /** 64 MB of zeros are 65 KB. */
  @Test
  void aBombIsRefused() throws IOException {
    ByteBuffer bomb = archive("big", new byte[1 << 26]);
    UnsupportedModelException refusal =
        assertThrows(UnsupportedModelException.class, () -> open(bomb).entry("big"));
    assertTrue(refusal.getMessage().contains("claims 67108864 bytes"), refusal::getMessage);
  }

  /** A claim within the limit, but more behind it. */
  @Test
  void moreThanClaimedIsRefused() throws IOException {
    ByteBuffer bomb = archive("big", new byte[1 << 26]);
    bomb.putInt(directory(bomb) + 24, 1000);
    BrokenModelException refusal =
        assertThrows(BrokenModelException.class, () -> open(bomb).entry("big"));
    assertTrue(refusal.getMessage().contains("other than the 1000 bytes"), refusal::getMessage);
  }

  @Test
  void lessThanClaimedIsRefused() throws IOException {
    ByteBuffer small = archive("small", new byte[10]);
    small.putInt(directory(small) + 24, 1 << 20);
    assertThrows(BrokenModelException.class, () -> open(small).entry("small"));
    small.putInt(directory(small) + 24, -1);
    assertThrows(UnsupportedModelException.class, () -> open(small).entry("small"));
    small.putInt(directory(small) + 20, -1);
    assertThrows(BrokenModelException.class, () -> open(small).entry("small"));
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    ByteBuffer bytes = archive("aa", new byte[10], "ab", new byte[20]);
    String text = StandardCharsets.ISO_8859_1.decode(bytes).toString().replace("ab", "aa");
    ByteBuffer twice =
        ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
    BrokenModelException refusal = assertThrows(BrokenModelException.class, () -> open(twice));
    assertTrue(refusal.getMessage().contains("two entries of one name"), refusal::getMessage);
  }

  /** Names are only compared, never used as paths. */
  @Test
  void namesThatClimbAreJustNames() throws IOException {
    ByteBuffer bytes = archive("../../escape", new byte[] {1, 2, 3});
    byte[] found = new byte[3];
    open(bytes).entry("../../escape").get(found);
    assertArrayEquals(new byte[] {1, 2, 3}, found);
    assertThrows(BrokenModelException.class, () -> open(bytes).entry("escape"));
  }

  private static ZipArchive open(ByteBuffer bytes) throws ModelFileException {
    return new ZipArchive(bytes, PLACE);
  }

  private static int directory(ByteBuffer archive) {
    return archive.getInt(archive.limit() - 6);
  }

  private static ByteBuffer archive(Object... namesAndBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        out.write((byte[]) namesAndBytes[i + 1]);
      }
    }
    return ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
