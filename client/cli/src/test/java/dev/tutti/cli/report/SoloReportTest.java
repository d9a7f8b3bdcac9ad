package dev.tutti.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoloReportTest {
  private static final FamilySet SERVED =
      FamilySet.of(
          InstrumentFamily.BASS,
          InstrumentFamily.REED,
          InstrumentFamily.SYNTH_LEAD,
          InstrumentFamily.VOCAL);

  private static ScoredSamples samples() {
    ScoredSamples samples = new ScoredSamples(SERVED);
    add(samples, InstrumentFamily.BASS, 0.9f, 0.1f, 0.2f, 0.3f);
    // Only synth_lead outscores bass here.
    add(samples, InstrumentFamily.BASS, 0.5f, 0.1f, 0.6f, 0.3f);
    add(samples, InstrumentFamily.REED, 0.5f, 0.1f, 0.2f, 0.3f);
    add(samples, InstrumentFamily.SYNTH_LEAD, 0.5f, 0.1f, 0.6f, 0.3f);
    return samples;
  }

  private static void add(ScoredSamples samples, InstrumentFamily family, float... row) {
    samples.add(LabelVector.of(SERVED, List.of(family)), row);
  }

  @Test
  void tenWayLeavesOutSynthLeadAndFamiliesWithoutNotes() {
    SoloReports reports = SoloReports.of(samples(), SERVED);
    assertEquals(List.of("bass", "reed"), reports.tenWay().labels());
    assertEquals(2 / 3.0, reports.tenWay().accuracy().value().getAsDouble());
    assertEquals(List.of(List.of(2L, 0L), List.of(1L, 0L)), reports.tenWay().rows());
    assertEquals(0.5, reports.tenWay().random().value().getAsDouble());
    assertEquals(2 / 3.0, reports.tenWay().mostFrequent().value().getAsDouble());
  }

  @Test
  void elevenWayIsAmongAllServedFamilies() {
    SoloReport report = SoloReports.of(samples(), SERVED).elevenWay();
    assertEquals(2 / 4.0, report.accuracy().value().getAsDouble());
    Map<?, ?> classification = (Map<?, ?>) report.toJson().get("classification_report");
    Map<?, ?> bass = (Map<?, ?>) classification.get("bass");
    assertEquals(0.5, bass.get("precision"));
    assertEquals(0.5, bass.get("recall"));
    assertEquals(2L, bass.get("support"));
    // Reed was never chosen: it has no precision, and counts 0 in the mean over three families.
    assertFalse(((Map<?, ?>) classification.get("reed")).containsKey("precision"));
    Map<?, ?> macro = (Map<?, ?>) classification.get("macro_average");
    assertEquals((0.5 + 0 + 0.5) / 3, (double) macro.get("precision"), 1e-12);
    Map<?, ?> weighted = (Map<?, ?>) classification.get("weighted_average");
    assertEquals((2 * 0.5 + 0 + 0.5) / 4, (double) weighted.get("precision"), 1e-12);
  }

  @Test
  void withoutNotesTheReportSaysSo() {
    SoloReports reports = SoloReports.of(new ScoredSamples(SERVED), SERVED);
    assertTrue(reports.tenWay().accuracy().value().isEmpty());
    StringWriter text = new StringWriter();
    reports.tenWay().print(new PrintWriter(text));
    assertTrue(text.toString().startsWith("0 notes"), text.toString());
  }
}
