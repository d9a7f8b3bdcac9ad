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
 * that maps each note's name to its properties, and {@code audio/<name>.wav}, or {@code .flac}. The
 * JSON is read as a stream.
 */
final class JsonWavScanner implements NoteScanner {
  static final String EXAMPLES = "examples.json";

  private final Path file;
  private final Path audioFolder;
  private final String split;
  private final JsonParser json;
  private long record = -1;
  private long offset;
  private boolean ended;

  JsonWavScanner(Path folder) throws DatasetException {
    file = folder.resolve(EXAMPLES);
    audioFolder = folder.resolve("audio").normalize();
    split = folder.toAbsolutePath().normalize().getFileName().toString();
    try {
      json = new JsonFactory().createParser(Files.newInputStream(file));
      json.enable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be opened: %s".formatted(file, e), e);
    }
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    if (ended) {
      return Optional.empty();
    }
    // Until the note's object is known to be whole, there is nothing to go on with behind it.
    ended = true;
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
      Properties properties = properties();
      ended = false;
      return Optional.of(note(id, properties));
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

  /** What an object says of its note; a property of another type counts as missing. */
  private record Properties(OptionalInt family, OptionalInt pitch, OptionalInt velocity) {}

  private Properties properties() throws IOException {
    OptionalInt family = OptionalInt.empty();
    OptionalInt pitch = OptionalInt.empty();
    OptionalInt velocity = OptionalInt.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        case "instrument_family" -> family = integer();
        case "pitch" -> pitch = integer();
        case "velocity" -> velocity = integer();
        default -> json.skipChildren();
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, "the end of the note's properties");
    return new Properties(family, pitch, velocity);
  }

  private OptionalInt integer() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return OptionalInt.of(json.getIntValue());
    }
    json.skipChildren();
    return OptionalInt.empty();
  }

  private Note note(String id, Properties properties) throws DatasetException {
    InstrumentFamily known =
        InstrumentFamily.ofNsynthId(properties.family.orElse(-1))
            .orElseThrow(
                () ->
                    broken(
                        "note '%s' has no instrument_family, or one beyond 0 to 10".formatted(id)));
    return new Note(
        id, known, properties.pitch, properties.velocity, new AudioFile(audioPath(id), split));
  }

  /** The note's file, which no name may lead out of the folder. */
  private Path audioPath(String id) throws DatasetException {
    Path path = audioFolder.resolve(id + ".wav").normalize();
    if (!audioFolder.equals(path.getParent())) {
      throw broken("the note's name '%s' is no file name".formatted(id));
    }
    Path compressed = audioFolder.resolve(id + ".flac").normalize();
    return Files.exists(path) || !Files.exists(compressed) ? path : compressed;
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
