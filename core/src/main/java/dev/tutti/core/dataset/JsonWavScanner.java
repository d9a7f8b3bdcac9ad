package dev.tutti.core.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the notes of a folder of NSynth's JSON and WAV release: {@code examples.json}, one object
 * that maps each note's name to its properties, and {@code audio/<name>.wav}. The JSON is read as a
 * stream.
 */
final class JsonWavScanner implements NoteScanner {
  static final String EXAMPLES = "examples.json";

  private final Path file;
  private final Path audioFolder;
  private final JsonParser json;
  private long record = -1;
  private long offset;

  JsonWavScanner(Path folder) throws DatasetException {
    file = folder.resolve(EXAMPLES);
    audioFolder = folder.resolve("audio").normalize();
    try {
      json = new JsonFactory().createParser(Files.newInputStream(file));
      json.enable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be opened: %s".formatted(file, e), e);
    }
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    try {
      if (record < 0) {
        expect(json.nextToken(), JsonToken.START_OBJECT, "an object of notes");
      }
      record++;
      JsonToken token = json.nextToken();
      offset = json.currentTokenLocation().getByteOffset();
      if (token == JsonToken.END_OBJECT) {
        return Optional.empty();
      }
      expect(token, JsonToken.FIELD_NAME, "a note's name");
      String id = json.currentName();
      expect(json.nextToken(), JsonToken.START_OBJECT, "the properties of note " + id);
      return Optional.of(note(id));
    } catch (DatasetException e) {
      throw e;
    } catch (JsonProcessingException e) {
      offset = e.getLocation().getByteOffset();
      String reason = "is no JSON: " + e.getOriginalMessage();
      throw new DatasetException(broken(reason).getMessage(), e);
    } catch (IOException e) {
      throw new DatasetException(broken("cannot be read: " + e).getMessage(), e);
    }
  }

  private Note note(String id) throws IOException {
    Optional<InstrumentFamily> family = Optional.empty();
    OptionalInt pitch = OptionalInt.empty();
    OptionalInt velocity = OptionalInt.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        case "instrument_family" -> family = InstrumentFamily.ofNsynthId(integer(property));
        case "pitch" -> pitch = OptionalInt.of(integer(property));
        case "velocity" -> velocity = OptionalInt.of(integer(property));
        default -> json.skipChildren();
      }
    }
    InstrumentFamily known =
        family.orElseThrow(
            () ->
                broken("note '%s' has no instrument_family, or one beyond 0 to 10".formatted(id)));
    return new Note(id, known, pitch, velocity, new AudioFile(audioPath(id)));
  }

  private int integer(String property) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number as " + property);
    return json.getIntValue();
  }

  /** The note's file, which no name may lead out of the folder. */
  private Path audioPath(String id) throws DatasetException {
    Path path = audioFolder.resolve(id + ".wav").normalize();
    if (!audioFolder.equals(path.getParent())) {
      throw broken("the note's name '%s' is no file name".formatted(id));
    }
    return path;
  }

  private void expect(JsonToken found, JsonToken wanted, String what) throws DatasetException {
    if (found != wanted) {
      offset = json.currentTokenLocation().getByteOffset();
      throw broken("%s was expected, not %s".formatted(what, found == null ? "the end" : found));
    }
  }

  private DatasetException broken(String reason) {
    return TfRecord.broken(file, Math.max(0, record), offset, reason);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
