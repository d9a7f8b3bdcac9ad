package dev.tutti.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.client.BankInfo;
import dev.tutti.client.ClassifyResult;
import dev.tutti.client.FamilyTag;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.threshold.Thresholds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileTagsTest {
  private static final FamilySet FAMILIES =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.SYNTH_LEAD);
  private static final BankInfo BANK =
      new BankInfo(
          "default",
          0,
          List.of(),
          "abc",
          FAMILIES,
          Thresholds.uniform(FAMILIES, 0.5),
          5,
          11,
          4000,
          40,
          1);

  @Test
  void aTableShowsEveryWindowAndItsDecision() {
    TextOutput out = new TextOutput();
    FileTags.print(
        List.of(
            new FileTags(Path.of("x/one.wav"), false, 0, 4, result(0.1f, 0.2f)),
            new FileTags(Path.of("x/two.wav"), true, 4, 6.5, result(0.9f, 0.75f))),
        BANK,
        out.writer);
    assertEquals(
        """
        file                bass  synth_lead         decision
        one.wav            0.100       0.200             none
        two.wav 4.0-6.5 s  0.900       0.750  bass+synth_lead
        """,
        out.text());
  }

  @Test
  void jsonHasTheSameForPrograms() throws IOException {
    FileTags tags = new FileTags(Path.of("x/two.wav"), true, 4, 6.5, result(0.25f, 0.75f));
    JsonNode json = new ObjectMapper().readTree(Json.write(FileTags.toJson(List.of(tags), BANK)));
    assertEquals("abc", json.get("bank_digest").textValue());
    JsonNode answer = json.get("answers").get(0);
    assertEquals("x/two.wav", answer.get("file").textValue());
    assertEquals(4, answer.get("start_seconds").doubleValue());
    assertEquals(6.5, answer.get("end_seconds").doubleValue());
    assertEquals(0.25, answer.at("/families/bass/probability").doubleValue());
    assertEquals(0.5, answer.at("/families/synth_lead/threshold").doubleValue());
    assertEquals(true, answer.at("/families/synth_lead/present").booleanValue());
    assertEquals(1, answer.get("present").size());
    assertEquals("synth_lead", answer.get("present").get(0).textValue());
  }

  private static ClassifyResult result(float bass, float synthLead) {
    return new ClassifyResult(
        List.of(
            new FamilyTag(InstrumentFamily.BASS, bass, 0.5, bass > 0.5),
            new FamilyTag(InstrumentFamily.SYNTH_LEAD, synthLead, 0.5, synthLead > 0.5)),
        4,
        4,
        "default",
        "abc",
        Duration.ZERO);
  }
}
