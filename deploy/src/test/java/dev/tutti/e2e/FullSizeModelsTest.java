package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.DataType;
import dev.tutti.v1.FamilyPrediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten models of the notebook's full size, 126 MB each, written on demand, against Keras. */
class FullSizeModelsTest {
  private static final double TOLERANCE = 5e-5;

  @TempDir Path folder;

  @Test
  void tenFullSizeModelsAnswerAsKerasDoes() throws Exception {
    Path models = folder.resolve("models");
    String python = Requires.python("Writing full-size models", "numpy", "h5py");
    Path scripts = Distribution.root().resolve("deploy/src/test/resources/scripts");
    Distribution.Outcome made =
        Distribution.run(
            new ProcessBuilder(
                python,
                scripts.resolve("make_fullsize.py").toString(),
                Distribution.golden("fullsize/params.json").toString(),
                models.toString()));
    assertEquals(0, made.exitCode(), made.err());

    JsonNode expected =
        new ObjectMapper().readTree(Distribution.golden("fullsize/expected.json").toFile());
    List<String> inputs = new ArrayList<>();
    expected.get("inputs").forEach(name -> inputs.add(name.asText()));
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, "--models", models.toString(), "--devices", "cpu:1")) {
      for (String name : List.of("chirp_4s", "noise_f32_seed7_4s", "note_int16_4s", "overlay_5")) {
        ClassifyResponse response =
            ClassificationServiceGrpc.newBlockingStub(gateway.channel()).classify(request(name));
        for (FamilyPrediction prediction : response.getPredictionsList()) {
          String family =
              prediction
                  .getFamily()
                  .name()
                  .replace("INSTRUMENT_FAMILY_", "")
                  .toLowerCase(java.util.Locale.ROOT);
          double wanted =
              expected.get("probabilities").get(family).get(inputs.indexOf(name)).asDouble();
          assertEquals(wanted, prediction.getProbability(), TOLERANCE, name + ", " + family);
        }
        assertEquals(10, response.getPredictionsCount());
      }
    }
  }

  private static ClassifyRequest request(String name) throws IOException {
    if (name.startsWith("overlay")) {
      return ClassifyRequest.newBuilder()
          .setSpectrogram(
              Inputs.spectrogram(
                  Npy.values(Distribution.golden("fullsize/" + name + ".db.npy")), 1025, 126))
          .build();
    }
    return ClassifyRequest.newBuilder()
        .setAudio(
            Inputs.pcm(
                Npy.values(Distribution.golden("fullsize/" + name + ".audio.npy")),
                DataType.DATA_TYPE_FLOAT32))
        .build();
  }
}
