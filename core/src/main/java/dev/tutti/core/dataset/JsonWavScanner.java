package dev.tutti.core.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tutti.core.file.FileFailures;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
      String reason = "is not JSON: " + e.getOriginalMessage();
      throw new DatasetException(broken(reason).getMessage(), e);
    } catch (IOException e) {
      throw new DatasetException(
          broken("cannot be read: " + FileFailures.reason(e)).getMessage(), e);
    }
  }

  /** What an object says of its note; a property of another type counts as missing. */
  private record Properties(
      OptionalLong family, Optional<String> familyName, OptionalInt pitch, OptionalInt velocity) {}

  private Properties properties() throws IOException {
    OptionalLong family = OptionalLong.empty();
    Optional<String> familyName = Optional.empty();
    OptionalInt pitch = OptionalInt.empty();
    OptionalInt velocity = OptionalInt.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        case "instrument_family" -> {
          familyName = name(familyName);
          family = integer();
        }
        case "instrument_family_str" -> familyName = name(familyName);
        case "pitch" -> pitch = midi();
        case "velocity" -> velocity = midi();
        default -> json.skipChildren();
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, "the end of the note's properties");
    return new Properties(family, familyName, pitch, velocity);
  }

  /** A text that is no number, else what is known already. */
  private Optional<String> name(Optional<String> known) throws IOException {
    boolean name = json.currentToken() == JsonToken.VALUE_STRING && number().isEmpty();
    Optional<String> found = name ? Optional.of(json.getText()) : known;
    json.skipChildren();
    return found;
  }

  private OptionalInt midi() throws IOException {
    OptionalLong value = integer();
    return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  /** A whole number, written as one, as {@code 60.0} or as {@code "60"}. */
  private OptionalLong integer() throws IOException {
    Optional<BigDecimal> number = number();
    json.skipChildren();
    try {
      return number.isPresent()
          ? OptionalLong.of(number.get().longValueExact())
          : OptionalLong.empty();
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private Optional<BigDecimal> number() throws IOException {
    try {
      return json.currentToken().isScalarValue()
          ? Optional.of(new BigDecimal(json.getText().strip()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Note note(String id, Properties properties) throws DatasetException {
    try {
      InstrumentFamily family =
          NsynthFamily.of(properties.family, properties.familyName)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "has neither instrument_family nor instrument_family_str"));
      return new Note(
          id, family, properties.pitch, properties.velocity, new AudioFile(audioPath(id), split));
    } catch (IllegalArgumentException e) {
      throw broken("note '%s': %s".formatted(id, e.getMessage()));
    }
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
  public String sought() {
    return "notes in %s and their files in %s".formatted(file, audioFolder);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
