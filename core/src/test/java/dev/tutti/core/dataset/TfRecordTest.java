package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.golden.GoldenFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TFRecord files of NSynth: the real fixture, and what happens when it is damaged. */
class TfRecordTest {
  private static final String FIXTURE = "nsynth/fixtures/nsynth-valid.tfrecord";
  private static final int SAMPLES = 64_000;

  @TempDir Path folder;

  private final byte[] good = GoldenFiles.bytes(FIXTURE);
  private final int first = recordLength(0);

  @Test
  void everyFeatureOfTheFixtureIsRead() throws Exception {
    checkRecords(GoldenFiles.path(FIXTURE));
  }

  @Test
  void aFileCompressedAsAWholeReadsTheSame() throws Exception {
    Path file = folder.resolve("notes.tfrecord.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(good);
    }
    checkRecords(file);
    NoteLibrary library = NoteLibrary.open(file, 10);
    assertEquals(
        SAMPLES, library.find("bass_synthetic_033-108-050").orElseThrow().audio().length());
  }

  private static void checkRecords(Path file) throws Exception {
    JsonNode golden = GoldenFiles.json("nsynth/records.json").get("good").get(0).get("records");
    try (SampleSource source = SampleSources.open(file)) {
      for (JsonNode expected : golden) {
        LabeledClip clip = source.next().orElseThrow();
        assertEquals(expected.at("/note_str/bytes_list/0").asText(), clip.id());
        assertEquals(expected.at("/pitch/int64_list/0").asInt(), clip.pitch().getAsInt());
        assertEquals(expected.at("/velocity/int64_list/0").asInt(), clip.velocity().getAsInt());
        assertEquals(
            expected.at("/instrument_family/int64_list/0").asInt(), clip.family().nsynthId());
        assertEquals(
            expected.at("/audio/float_list/sha256_f32le").asText(), sha256(clip.audio().samples()));
      }
      assertEquals(Optional.empty(), source.next());
    }
  }

  @Test
  void damageIsNamedWithRecordAndOffset() throws IOException {
    byte[] wrongLength = good.clone();
    wrongLength[8] ^= 1;
    assertBroken(wrongLength, "record 0 at byte offset 0: the length checksum is wrong");
    byte[] wrongData = good.clone();
    wrongData[first + 5000] ^= 1;
    assertBroken(wrongData, "record 1 at byte offset " + first + ": the data checksum is wrong");
    assertBroken(
        Arrays.copyOf(good, first + 200_000),
        "record 1 at byte offset " + first + ": truncated: the record claims");
    assertBroken(
        Arrays.copyOf(good, first + 7),
        "record 1 at byte offset " + first + ": truncated: the file ends within");
    assertBroken(
        "{\"a\": 1}\n{\"a\": 2}\n".getBytes(StandardCharsets.UTF_8), "this is no TFRecord file");
  }

  @Test
  void aHugeLengthWithARightChecksumIsRefusedAtOnce() throws IOException {
    // A length of 2^62 with its checksum.
    byte[] huge = HexFormat.of().parseHex("00000000000000407f85f0007878");
    assertBroken(huge, "the record claims 4611686018427387904 bytes; accepted are up to 268435456");
  }

  @Test
  void unusableRecordsSayWhy() throws IOException {
    ExampleWriter noAudio =
        new ExampleWriter().text("note_str", "n").integer("instrument_family", 3);
    assertBroken(
        noAudio.record(),
        "record 0 at byte offset 0: the feature 'audio' is missing; a float list");
    ExampleWriter notFinite =
        new ExampleWriter()
            .text("note_str", "n")
            .integer("instrument_family", 3)
            .floats("audio", 0, Float.NaN);
    assertBroken(notFinite.record(), "the feature 'audio': sample 1 is NaN; every sample must be");
    ExampleWriter stranger =
        new ExampleWriter().text("note_str", "n").integer("instrument_family", 99);
    assertBroken(stranger.record(), "unknown instrument family 99; accepted are 0 to 10");
    ExampleWriter nameless = new ExampleWriter().integer("instrument_family", 3);
    assertBroken(nameless.record(), "the feature 'note_str' (TFDS: 'id') is missing");
    assertBroken(
        ExampleWriter.frame(new byte[] {10, 50, 1}), "is no tf.train.Example: a field of 50");
  }

  @Test
  void namesOfTensorFlowDatasetsAndUnknownFeaturesAreUnderstood() throws IOException {
    Path file =
        write(
            new ExampleWriter()
                .text("id", "vocal_1")
                .integer("instrument/family", 10)
                .text("comment", "whatever")
                .integer("pitch", 60)
                .floats("audio", 0.5f, -0.5f)
                .record());
    NoteLibrary library = NoteLibrary.open(file, 10);
    Note note = library.find("vocal_1").orElseThrow();
    assertEquals("vocal", note.family().label());
    assertEquals(60, note.pitch().getAsInt());
    assertTrue(note.velocity().isEmpty());
    assertEquals(16_000, note.audio().sampleRate());
    assertEquals(-0.5f, note.audio().samples()[1]);
  }

  private void assertBroken(byte[] file, String reason) throws IOException {
    Path path = write(file);
    DatasetException e = assertThrows(DatasetException.class, () -> NoteLibrary.open(path, 10));
    assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("notes.tfrecord"), content);
  }

  private int recordLength(int offset) {
    return (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(offset) + 16;
  }

  private static String sha256(float[] samples) throws NoSuchAlgorithmException {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
