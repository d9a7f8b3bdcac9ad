package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.container.AudioTags;
import dev.tutti.core.audio.pcm.Chunks;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A file as we read it beside what ffmpeg makes of it.
 *
 * @param theirs empty where ffmpeg refuses the file
 */
record Difference(ByteBuffer file, String format, AudioClip ours, Optional<Ffmpeg.Decoded> theirs) {
  /** Of the largest sample, but at least of full scale: what different orders of sums may make. */
  private static final double TOLERANCE = 2e-5;

  /** ffmpeg decodes layers I and II by integers. */
  private static final double TOLERANCE_MPEG = 1e-3;

  boolean isNone() {
    return sameLength() && sameBefore();
  }

  boolean sameLength() {
    return theirs.isPresent() && theirs.get().samples().capacity() == ours.length();
  }

  boolean isShorter() {
    return theirs.isPresent() && ours.length() < theirs.get().samples().capacity();
  }

  /** Whether there are more samples of ours, or as many, but not more than so many more. */
  boolean isLongerBy(int most) {
    int more = theirs.isPresent() ? ours.length() - theirs.get().samples().capacity() : -1;
    return more >= 0 && more <= most;
  }

  /** Whether rates and samples are the same as far as both go. */
  boolean sameBefore() {
    return sameRate() && firstOther() == common();
  }

  /** Whether, as far as both go, all samples that differ lie within so many of each other. */
  boolean differsWithin(int range) {
    return sameRate() && lastOther() - firstOther() < range;
  }

  private boolean sameRate() {
    return theirs.isPresent() && theirs.get().sampleRate() == ours.sampleRate();
  }

  private int common() {
    return Math.min(ours.length(), theirs.orElseThrow().samples().capacity());
  }

  /** The first sample that differs; the shorter length where none does. */
  int firstOther() {
    return IntStream.range(0, common()).filter(differs()).findFirst().orElse(common());
  }

  private int lastOther() {
    return IntStream.range(0, common()).filter(differs()).max().orElse(0);
  }

  private IntPredicate differs() {
    FloatBuffer expected = theirs.orElseThrow().samples();
    float[] samples = ours.samples();
    double peak = 1;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    double allowed = peak * (format.equals("mp3") ? TOLERANCE_MPEG : TOLERANCE);
    return i -> !(Math.abs(samples[i] - expected.get(i)) <= allowed);
  }

  /** Whether ffmpeg said something like it. */
  boolean says(String pattern) {
    return theirs.isPresent() && Pattern.compile(pattern).matcher(theirs.get().log()).find();
  }

  boolean starts(String id) {
    return Chunks.id(behindTags(), 0).equals(id);
  }

  boolean has(String bytes) {
    return StandardCharsets.ISO_8859_1.decode(file.duplicate()).toString().contains(bytes);
  }

  /** The file without the tags around it. */
  ByteBuffer behindTags() {
    ByteBuffer all = file.duplicate();
    ByteBuffer audio = all.position(AudioTags.start(all)).slice();
    return format.equals("mp3") ? audio.limit(AudioTags.end(audio, 0)) : audio;
  }

  @Override
  public String toString() {
    if (theirs.isEmpty()) {
      return "%,d samples, which ffmpeg refuses".formatted(ours.length());
    }
    return "%,d samples at %d Hz, for ffmpeg %,d at %d; the first other one is %,d; ffmpeg says: %s"
        .formatted(
            ours.length(),
            ours.sampleRate(),
            theirs.get().samples().capacity(),
            theirs.get().sampleRate(),
            firstOther(),
            theirs.get().log().strip());
  }
}
