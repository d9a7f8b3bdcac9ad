package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.npy.NpyArray;
import dev.tutti.core.npy.NpyWriter;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs that look at files: spectrogram, dataset inspect, mixtures. */
class OfflineCommandsTest {
  private static final int SAMPLES = 4_000;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSpectrogramIsWrittenInEveryFormat() throws IOException {
    Path wav = wav("tone.wav");
    StftParameters parameters = StftParameters.nsynth();
    float[] expected =
        new SpectrogramExtractor(parameters).extract(AudioClip.of(tone(), 16_000)).values();
    Path npy = folder.resolve("x.npy");
    run(0, "spectrogram", wav.toString(), "--out", npy.toString());
    NpyArray array = NpyArray.read(npy);
    assertEquals(List.of(1025, 8), array.shape());
    assertEquals(expected[100], array.values()[100]);
    Path raw = folder.resolve("x.f32");
    run(0, "spectrogram", wav.toString(), "--out", raw.toString());
    float[] numbers = new float[expected.length];
    ByteBuffer.wrap(Files.readAllBytes(raw))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(numbers);
    assertArrayEquals(expected, numbers);
    run(0, "spectrogram", wav.toString(), "--out", npy.toString(), "--mel", "40");
    assertEquals(List.of(40, 8), NpyArray.read(npy).shape());
    Path png = folder.resolve("x.png");
    run(0, "spectrogram", wav.toString(), "--out", png.toString());
    byte[] bare = Files.readAllBytes(png);
    checkPng(ByteBuffer.wrap(bare));
    for (List<String> option : List.of(List.of("--title", "a solo"), List.of("--mel", "1"))) {
      run(0, "spectrogram", wav.toString(), "--out", png.toString(), option.get(0), option.get(1));
      byte[] other = Files.readAllBytes(png);
      checkPng(ByteBuffer.wrap(other));
      assertFalse(Arrays.equals(bare, other));
    }
    run(2, "spectrogram", wav.toString(), "--out", npy.toString(), "--title", "x");
    assertTrue(err.toString().contains("titles of pictures"), err.toString());
  }

  /** Samples in double precision stay so: rounding them would show in the quietest levels. */
  @Test
  void numpySamplesKeepTheirPrecision() throws IOException {
    double[] samples = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = 0.5 * Math.sin(0.3 * i) + 1e-12 * i;
    }
    Path npy = folder.resolve("x.npy");
    NpyWriter.write(npy, samples, SAMPLES);
    Path levels = folder.resolve("levels.npy");
    run(0, "spectrogram", npy.toString(), "--out", levels.toString());
    float[] expected = new SpectrogramExtractor(StftParameters.nsynth()).extract(samples).values();
    double[] actual = NpyArray.read(levels).values();
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected[i], actual[i]);
    }
    run(0, "spectrogram", npy.toString(), "--out", levels.toString(), "--mel", "8");
    NpyWriter.write(npy, samples, SAMPLES / 2, 2);
    run(1, "spectrogram", npy.toString(), "--out", levels.toString());
    assertTrue(err.toString().contains("shape [2000, 2]; it must be [samples]"), err.toString());
    NpyWriter.write(npy, new double[] {Double.NaN}, 1);
    run(1, "spectrogram", npy.toString(), "--out", levels.toString());
    assertTrue(err.toString().contains("x.npy: sample 0 is NaN"), err.toString());
  }

  @Test
  void otherTransformsMakeOtherShapes() throws IOException {
    Path wav = wav("tone.wav");
    Path out = folder.resolve("x.npy");
    run(
        0,
        "spectrogram",
        wav.toString(),
        "--out",
        out.toString(),
        "--n-fft",
        "256",
        "--hop",
        "100",
        "--win-length",
        "200",
        "--top-db",
        "Infinity");
    assertEquals(List.of(129, 41), NpyArray.read(out).shape());
    run(2, "spectrogram", wav.toString(), "--out", out.toString(), "--n-fft", "300");
    assertTrue(err.toString().contains("powers of two"), err.toString());
  }

  @Test
  void aRecipeNamesItsBackgroundNoise() throws IOException {
    notes();
    wav("rain.wav");
    Path recipe = folder.resolve("r.yaml");
    String set = folder.resolve("set").toString();
    List<String> ids = new ArrayList<>();
    for (String noise :
        List.of("", "noise_level: 0.5", "noise: rain.wav", "noise: rain.wav\nnoise_level: 0.1")) {
      Files.writeString(recipe, "groups: {1: 3}\n" + noise + "\n");
      run(0, "mixtures", "--dataset", set, "--recipe", recipe.toString());
      ids.add(out.toString());
    }
    assertEquals(4, Set.copyOf(ids).size(), ids.toString());
    Files.writeString(recipe, "noise: none.wav\n");
    run(1, "mixtures", "--dataset", set, "--recipe", recipe.toString());
    assertTrue(err.toString().contains("none.wav: there is no such file"), err.toString());
  }

  /** Every chunk's checksum is right, and the pixels are as many as the header says. */
  private static void checkPng(ByteBuffer png) throws IOException {
    assertEquals(0x89504E470D0A1A0AL, png.getLong());
    int width = 0;
    int height = 0;
    while (png.hasRemaining()) {
      byte[] typeAndData = new byte[4 + png.getInt()];
      png.get(typeAndData);
      CRC32 crc = new CRC32();
      crc.update(typeAndData);
      assertEquals((int) crc.getValue(), png.getInt());
      ByteBuffer data = ByteBuffer.wrap(typeAndData, 4, typeAndData.length - 4);
      String type = new String(typeAndData, 0, 4, StandardCharsets.US_ASCII);
      if (type.equals("IHDR")) {
        width = data.getInt();
        height = data.getInt();
      } else if (type.equals("IDAT")) {
        byte[] packed = new byte[data.remaining()];
        data.get(packed);
        int length =
            new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes().length;
        assertEquals(height * (1 + 3 * width), length);
      }
    }
    assertEquals(900, width);
    assertEquals(500, height);
  }

  @Test
  void wrongUsesSayWhatIsAccepted() throws IOException {
    Path wav = wav("tone.wav");
    run(2, "spectrogram", wav.toString(), "--out", "x.txt");
    assertTrue(err.toString().contains(".npy, .f32 or .png"), err.toString());
    run(1, "spectrogram", folder.resolve("none.wav").toString(), "--out", "x.npy");
    assertTrue(err.toString().contains("there is no such file"), err.toString());
    run(1, "mixtures", "--dataset", folder.toString(), "--recipe", "other");
    assertTrue(err.toString().contains("there is no recipe 'other'"), err.toString());
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "sede: 3\n");
    run(1, "mixtures", "--dataset", folder.toString(), "--recipe", recipe.toString());
    assertTrue(
        err.toString().contains("unknown key 'sede'; the keys are draw, families, gains,"),
        err.toString());
  }

  @Test
  void aDataSetIsInspected() throws IOException {
    notes();
    run(0, "dataset", "inspect", folder.resolve("set").toString(), "--json", "--notes");
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertEquals(3, answer.get("records").asInt());
    assertEquals(2, answer.at("/families/bass").asInt());
    assertEquals(0, answer.at("/families/vocal").asInt());
    assertEquals(3, answer.at("/sample_rates/16000").asInt());
    assertEquals("bass/a", answer.at("/notes/0/id").asText());
    assertEquals(64, answer.at("/notes/0/sha256_f32le").asText().length());
  }

  @Test
  void whatIsBrokenEndsItUnlessSkipped() throws IOException {
    notes();
    Path broken = Files.write(folder.resolve("set/reed/x.wav"), new byte[] {1, 2, 3});
    run(1, "dataset", "inspect", folder.resolve("set").toString());
    assertTrue(err.toString().contains(broken.toString()), err.toString());
    run(0, "dataset", "inspect", folder.resolve("set").toString(), "--skip-broken");
    assertTrue(out.toString().contains("3 notes, 0.8 s of audio, 1 broken"), out.toString());
  }

  @Test
  void mixturesAreListedFromAnywhereOn() throws IOException {
    notes();
    Path recipe =
        Files.writeString(
            folder.resolve("r.yaml"),
            "seed: 4\ngroups: {2: 8000000}\noverlay: waveform_sum\ngains: {lowest: -6, highest: 0}\n");
    String[] command = {
      "mixtures",
      "--dataset",
      folder.resolve("set").toString(),
      "--recipe",
      recipe.toString(),
      "--json",
      "--list",
      "--from",
      "7000000",
      "--count",
      "2"
    };
    run(0, command);
    List<String> lines = out.toString().lines().toList();
    assertEquals(2, lines.size());
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertEquals(7_000_000, first.get("index").asInt());
    assertEquals("[1,1]", first.get("labels").toString());
    run(
        0,
        "mixtures",
        "--dataset",
        folder.resolve("set").toString(),
        "--recipe",
        recipe.toString(),
        "--json",
        "--id",
        first.get("id").asText());
    assertEquals(lines.get(0), out.toString().strip());
  }

  @Test
  void theNotebooksRecipeIsOfItsTenFamiliesAndAFileSaysItsOwn() throws IOException {
    notes();
    String set = folder.resolve("set").toString();
    Files.createDirectories(folder.resolve("set/synth_lead"));
    wav("set/synth_lead/a.wav");
    run(0, "mixtures", "--dataset", set, "--json");
    assertEquals("[\"bass\",\"reed\"]", labels());
    run(0, "mixtures", "--dataset", set, "--recipe", "exhaustive", "--json");
    assertEquals("[\"bass\",\"reed\",\"synth_lead\"]", labels());
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "families: [reed, synth_lead]\n");
    run(0, "mixtures", "--dataset", set, "--recipe", recipe.toString(), "--json");
    assertEquals("[\"reed\",\"synth_lead\"]", labels());
    Files.writeString(recipe, "families: [reed, vocal]\n");
    run(1, "mixtures", "--dataset", set, "--recipe", recipe.toString());
    assertTrue(err.toString().contains("'vocal'"), err.toString());
    Files.writeString(recipe, "families: []\n");
    run(1, "mixtures", "--dataset", set, "--recipe", recipe.toString());
    assertTrue(err.toString().contains("needs one or more"), err.toString());
  }

  private String labels() throws IOException {
    return new ObjectMapper().readTree(out.toString()).get("labels").toString();
  }

  private void run(int wanted, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = TuttiCommand.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertEquals(wanted, line.execute(args), err.toString());
  }

  private void notes() throws IOException {
    for (String note : new String[] {"bass/a", "bass/b", "reed/a"}) {
      Files.createDirectories(folder.resolve("set/" + note).getParent());
      wav("set/" + note + ".wav");
    }
  }

  private static float[] tone() {
    float[] tone = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      tone[i] = (float) (0.5 * Math.sin(0.3 * i));
    }
    return tone;
  }

  private Path wav(String name) throws IOException {
    return WaveFile.tone(folder.resolve(name), SAMPLES, 16_000);
  }
}
