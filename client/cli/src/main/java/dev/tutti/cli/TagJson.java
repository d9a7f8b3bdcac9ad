package dev.tutti.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tutti.client.BankInfo;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Answers as one JSON document, written as they come; a file without an answer has its error. */
final class TagJson implements ClassifyAnswers {
  private final PrintWriter out;
  private final JsonGenerator json;
  private boolean begun;

  TagJson(PrintWriter out) throws IOException {
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
    entry(tags.toJson());
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
