package dev.tutti.cli.report;

import dev.tutti.core.dataset.LabeledClip;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.InstrumentFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a data set holds, counted note by note. */
public final class DatasetSummary {
  private final boolean listing;
  private final Map<String, Long> families = new LinkedHashMap<>();
  private final Map<Integer, Long> sampleRates = new TreeMap<>();
  private final Map<Integer, Long> lengths = new TreeMap<>();
  private final List<Map<String, Object>> list = new ArrayList<>();
  private List<String> passedOver = List.of();
  private long notes;
  private double seconds;

  /**
   * An empty summary.
   *
   * @param listing whether to keep every note, and not only count
   */
  public DatasetSummary(boolean listing) {
    this.listing = listing;
    for (InstrumentFamily family : InstrumentFamily.values()) {
      families.put(family.label(), 0L);
    }
  }

  /** A note of the data set. */
  public void add(LabeledClip clip) {
    notes++;
    seconds += clip.audio().seconds();
    families.merge(clip.family().label(), 1L, Long::sum);
    sampleRates.merge(clip.audio().sampleRate(), 1L, Long::sum);
    lengths.merge(clip.audio().length(), 1L, Long::sum);
    if (listing) {
      list.add(note(clip));
    }
  }

  /** Says what looks like notes of the data set and is none. */
  public void passOver(List<String> others) {
    passedOver = List.copyOf(others);
  }

  /** What looks like notes of the data set and is not, by name. */
  public List<String> passedOver() {
    return passedOver;
  }

  private static Map<String, Object> note(LabeledClip clip) {
    return Json.object(
        "id", clip.id(),
        "family", clip.family().label(),
        "pitch", orNull(clip.pitch()),
        "velocity", orNull(clip.velocity()),
        "sample_rate", clip.audio().sampleRate(),
        "samples", clip.audio().length(),
        "sha256_f32le", sha256(clip.audio().samples()));
  }

  private static Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  private static String sha256(float[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** How many notes were added. */
  public long notes() {
    return notes;
  }

  /** The length of all notes together. */
  public double seconds() {
    return seconds;
  }

  /** Notes by the family's name, of all families in the order of their ids. */
  public Map<String, Long> families() {
    return families;
  }

  /** The summary for programs; {@code broken} notes were left out. */
  public Map<String, Object> toJson(Path path, long broken) {
    Map<String, Object> json =
        Json.object(
            "path", path.toString(),
            "records", notes,
            "broken", broken,
            "seconds", seconds,
            "families", families,
            "sample_rates", sampleRates,
            "samples_per_note", lengths);
    if (!passedOver.isEmpty()) {
      json.put("passed_over", passedOver);
    }
    if (listing) {
      json.put("notes", list);
    }
    return json;
  }
}
