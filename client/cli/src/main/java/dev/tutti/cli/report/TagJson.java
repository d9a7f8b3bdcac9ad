package dev.tutti.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tutti.cli.classify.FileTags;
import dev.tutti.client.BankInfo;
import dev.tutti.client.FamilyTag;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers as one JSON document, written as they come; a file without an answer has its error. */
public final class TagJson implements ClassifyAnswers {
  private final PrintWriter out;
  private final JsonGenerator json;
  private boolean begun;

  /** Begins the document. */
  public TagJson(PrintWriter out) throws IOException {
    this.out = out;
    this.json = Json.generator(out);
    json.writeStartObject();
  }

  @Override
  public void bank(BankInfo bank) throws IOException {
    json.writeStringField("bank", bank.name());
    json.writeStringField("bank_digest", bank.digest());
    json.writePOJOField(
        "missing_families",
        bank.families().complement().asList().stream().map(InstrumentFamily::label).toList());
  }

  @Override
  public void answer(FileTags tags) throws IOException {
    entry(toJson(tags));
  }

  private static Map<String, Object> toJson(FileTags tags) {
    Map<String, Object> families = new LinkedHashMap<>();
    for (FamilyTag tag : tags.result().tags()) {
      families.put(
          tag.family().label(),
          Json.object(
              "probability", tag.probability(),
              "threshold", tag.threshold(),
              "present", tag.present()));
    }
    return Json.object(
        "file", tags.file().toString(),
        "start_seconds", tags.window().start(),
        "end_seconds", tags.window().end(),
        "analyzed_seconds", tags.result().analyzedSeconds(),
        "padded_seconds", Math.max(0, tags.windowSeconds() - tags.window().clip().seconds()),
        "mostly_padding", tags.mostlyPadding(),
        "unheard_seconds", tags.window().unheard(),
        "families", families,
        "present", tags.present());
  }

  @Override
  public void failed(Path file, String fault) throws IOException {
    entry(Json.object("file", file.toString(), "error", fault));
  }

  private void entry(Object answer) throws IOException {
    if (!begun) {
      begun = true;
      json.writeArrayFieldStart("answers");
    }
    json.writePOJO(answer);
    json.flush();
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    out.println();
    out.flush();
  }
}
