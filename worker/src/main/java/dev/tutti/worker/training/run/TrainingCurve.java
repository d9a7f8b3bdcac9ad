package dev.tutti.worker.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws a training's log as a picture (SVG): each measure over the mixtures seen. */
final class TrainingCurve {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 400;
  private static final int MARGIN = 50;
  private static final double LOWEST = 0.4;
  private static final Map<String, String> COLOURS =
      new TreeMap<>(
          Map.of(
              "map", "#1f77b4",
              "within_k_auc", "#d62728",
              "solo_accuracy", "#2ca02c",
              "wave_map", "#9bc4e2",
              "wave_within_k_auc", "#f0a0a0"));

  private TrainingCurve() {}

  /** Reads the lines of {@link TrainingLog} and writes the picture. */
  static void draw(Path log, Path picture) throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> lines = new ArrayList<>();
    List<Double> places = new ArrayList<>();
    double before = 0;
    double last = 0;
    String stage = "";
    for (String line : Files.readAllLines(log)) {
      JsonNode node = mapper.readTree(line);
      if (!node.path("stage").asText().equals(stage)) {
        stage = node.path("stage").asText();
        before = last;
      }
      last = before + node.path("mixtures").asDouble();
      places.add(last);
      lines.add(node);
    }
    Files.writeString(picture, svg(lines, places, Math.max(1, last)));
  }

  private static String svg(List<JsonNode> lines, List<Double> places, double end) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    for (double level = LOWEST; level < 1.01; level += 0.1) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"10\" y=\"%.1f\">%.1f</text>%n",
              MARGIN,
              WIDTH - MARGIN,
              y(level),
              y(level),
              y(level) + 4,
              level));
    }
    int row = 0;
    for (Map.Entry<String, String> measure : COLOURS.entrySet()) {
      svg.append("<polyline fill=\"none\" stroke=\"%s\" points=\"".formatted(measure.getValue()));
      for (int i = 0; i < lines.size(); i++) {
        double x = MARGIN + places.get(i) / end * (WIDTH - 2 * MARGIN);
        double level = lines.get(i).path(measure.getKey()).asDouble();
        svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(level)));
      }
      svg.append(
          "\"/>%n<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n"
              .formatted(
                  WIDTH - MARGIN - 140,
                  HEIGHT - MARGIN - 15 * (COLOURS.size() - row++),
                  measure.getValue(),
                  measure.getKey()));
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\">%,d mixtures</text>%n</svg>%n"
            .formatted(WIDTH - MARGIN - 100, HEIGHT - 15, Math.round(end)));
    return svg.toString();
  }

  private static double y(double level) {
    double part = (Math.max(LOWEST, level) - LOWEST) / (1 - LOWEST);
    return HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN);
  }
}
