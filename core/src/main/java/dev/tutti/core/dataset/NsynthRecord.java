package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.label.InstrumentFamily;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A note as a TFRecord holds it, in the names of the NSynth release ({@code note_str}, {@code
 * instrument_family}) or of TensorFlow Datasets ({@code id}, {@code instrument/family}).
 */
final class NsynthRecord {
  private static final int DEFAULT_SAMPLE_RATE = 16_000;

  private final TfRecord record;
  private final TfExample example;

  NsynthRecord(TfRecord record) throws DatasetException {
    this.record = record;
    try {
      this.example = new TfExample(record.data());
    } catch (MalformedMessageException e) {
      throw record.broken("is no tf.train.Example: " + e.getMessage());
    }
  }

  Note note() throws DatasetException {
    Optional<String> release = text("note_str");
    Optional<String> id = release.isPresent() ? release : text("id");
    return new Note(
        id.orElseThrow(() -> record.broken("the feature 'note_str' (TFDS: 'id') is missing")),
        family(),
        midi("pitch"),
        midi("velocity"),
        new RecordLocation(record.file(), record.index(), record.offset()));
  }

  /** Where a record lies; does not keep its bytes. */
  private record RecordLocation(Path file, long index, long offset) implements AudioLocation {
    @Override
    public AudioClip read() throws DatasetException {
      return new NsynthRecord(TfRecordReader.readAt(file, index, offset)).audio();
    }

    @Override
    public String split() {
      return file.getFileName().toString();
    }
  }

  AudioClip audio() throws DatasetException {
    try {
      float[] samples =
          example
              .floats("audio")
              .orElseThrow(() -> record.broken("the float feature 'audio' is missing"));
      long rate = integer("sample_rate").orElse(DEFAULT_SAMPLE_RATE);
      return AudioClip.of(samples, (int) Math.min(rate, Integer.MAX_VALUE));
    } catch (MalformedMessageException e) {
      throw record.broken("the feature 'audio' is malformed: " + e.getMessage());
    } catch (InvalidAudioException e) {
      throw record.broken("the feature 'audio': " + e.getMessage());
    }
  }

  private InstrumentFamily family() throws DatasetException {
    OptionalLong release = integer("instrument_family");
    OptionalLong id = release.isPresent() ? release : integer("instrument/family");
    if (id.isPresent()) {
      return InstrumentFamily.ofNsynthId((int) Math.min(id.getAsLong(), Integer.MAX_VALUE))
          .orElseThrow(
              () ->
                  record.broken(
                      "unknown instrument family %d; accepted are 0 to 10"
                          .formatted(id.getAsLong())));
    }
    String name =
        text("instrument_family_str")
            .orElseThrow(
                () ->
                    record.broken(
                        "the feature 'instrument_family' (TFDS: 'instrument/family') is missing"));
    return InstrumentFamily.ofLabel(name)
        .orElseThrow(() -> record.broken("unknown instrument family '%s'".formatted(name)));
  }

  private OptionalInt midi(String feature) throws DatasetException {
    OptionalLong value = integer(feature);
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  private OptionalLong integer(String feature) throws DatasetException {
    try {
      return example.integer(feature);
    } catch (MalformedMessageException e) {
      throw record.broken("the feature '%s' is malformed: %s".formatted(feature, e.getMessage()));
    }
  }

  private Optional<String> text(String feature) throws DatasetException {
    try {
      return example.text(feature);
    } catch (MalformedMessageException e) {
      throw record.broken("the feature '%s' is malformed: %s".formatted(feature, e.getMessage()));
    }
  }
}
