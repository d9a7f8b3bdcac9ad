package dev.tutti.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
  @Test
  void anObjectKeepsTheOrderOfItsKeys() {
    assertEquals("{\"b\":1,\"a\":null}", Json.line(Json.object("b", 1, "a", null)));
  }

  @Test
  void aDocumentHasALineForEachEntry() {
    assertEquals(3, Json.write(Json.object("a", 1)).lines().count());
  }

  @Test
  void whatIsNotJsonIsRefusedByTheNameOfItsFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("card.json"), "{\"a\": ");
    IOException refused = assertThrows(IOException.class, () -> Json.read(file));
    assertTrue(refused.getMessage().startsWith(file + ": is not JSON: "), refused.getMessage());
    Files.writeString(file, "{\"a\": 2}");
    assertEquals(2, Json.read(file).get("a").intValue());
  }

  @Test
  void aGeneratorLeavesItsWriterOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    StringWriter out =
        new StringWriter() {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartArray();
      json.writeNumber(1);
      json.writeEndArray();
    }
    assertEquals("[ 1 ]", out.toString());
    assertFalse(closed.get());
  }
}
