package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.dataset.example.FeatureKind;
import dev.tutti.core.dataset.example.MalformedMessageException;
import dev.tutti.core.dataset.example.TfExample;
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
    public ContentDigest fingerprint() throws DatasetException {
      return FileState.digest(file).add(offset).build();
    }

    @Override
    public String split() {
      return file.getFileName().toString();
    }
  }

  AudioClip audio() throws DatasetException {
    try {
      FeatureKind kind = kind("audio").orElseThrow(() -> absent("audio", FeatureKind.FLOATS));
      long rate = integer("sample_rate").orElse(DEFAULT_SAMPLE_RATE);
      return NsynthAudio.of(example, kind, (int) Math.max(0, Math.min(rate, Integer.MAX_VALUE)));
    } catch (MalformedMessageException e) {
      throw malformed("audio", e);
    } catch (InvalidAudioException e) {
      throw record.broken("the feature 'audio': " + e.getMessage());
    }
  }

  /** By number or name, and a name may stand in the place of the number. */
  private InstrumentFamily family() throws DatasetException {
    String feature = example.has("instrument_family") ? "instrument_family" : "instrument/family";
    boolean named = kind(feature).filter(FeatureKind.BYTES::equals).isPresent();
    Optional<String> name = text(named ? feature : "instrument_family_str");
    try {
      return NsynthFamily.of(named ? OptionalLong.empty() : integer(feature), name)
          .orElseThrow(
              () ->
                  example.has(feature)
                      ? absent(feature, FeatureKind.INTEGERS)
                      : record.broken(
                          "the features 'instrument_family' (TFDS: 'instrument/family') and"
                              + " 'instrument_family_str' are missing"));
    } catch (IllegalArgumentException e) {
      throw record.broken(e.getMessage());
    }
  }

  private OptionalInt midi(String feature) throws DatasetException {
    OptionalLong value = integer(feature);
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  /** Empty where the feature is missing or has no value; whole floats are integers too. */
  private OptionalLong integer(String feature) throws DatasetException {
    try {
      Optional<FeatureKind> kind = kind(feature);
      if (kind.isPresent() && kind.get() == FeatureKind.FLOATS) {
        float[] values = example.floats(feature).orElseThrow();
        if (values.length > 0 && values[0] == (int) values[0]) {
          return OptionalLong.of((int) values[0]);
        }
      }
      if (kind.isPresent() && kind.get() != FeatureKind.INTEGERS) {
        throw other(feature, kind.get(), FeatureKind.INTEGERS);
      }
      return example.integer(feature);
    } catch (MalformedMessageException e) {
      throw malformed(feature, e);
    }
  }

  private Optional<String> text(String feature) throws DatasetException {
    try {
      Optional<FeatureKind> kind = kind(feature);
      if (kind.isPresent() && kind.get() != FeatureKind.BYTES) {
        throw other(feature, kind.get(), FeatureKind.BYTES);
      }
      return example.text(feature);
    } catch (MalformedMessageException e) {
      throw malformed(feature, e);
    }
  }

  private Optional<FeatureKind> kind(String feature) throws DatasetException {
    try {
      return example.kind(feature);
    } catch (MalformedMessageException e) {
      throw malformed(feature, e);
    }
  }

  private DatasetException absent(String feature, FeatureKind needed) {
    return record.broken(
        "the feature '%s' %s; %s is needed"
            .formatted(feature, example.has(feature) ? "is empty" : "is missing", needed));
  }

  private DatasetException other(String feature, FeatureKind kind, FeatureKind needed) {
    return record.broken("the feature '%s' is %s; %s is needed".formatted(feature, kind, needed));
  }

  private DatasetException malformed(String feature, MalformedMessageException e) {
    return record.broken("the feature '%s' is malformed: %s".formatted(feature, e.getMessage()));
  }
}
