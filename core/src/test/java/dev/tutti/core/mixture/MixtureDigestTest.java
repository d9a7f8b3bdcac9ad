package dev.tutti.core.mixture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.flac.FlacEncoder;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A mixture's digest is another wherever its sound is, and the same where nobody could hear. */
class MixtureDigestTest {
  private static final int RATE = 4000;
  private static final int WINDOW = 64;
  private static final List<String> NOTES = List.of("bass/0", "bass/1", "bass/2");
  private static final LabelVector TRUTH = truth(InstrumentFamily.BASS);
  private static final long NEXT_32_BITS = 1L << Integer.SIZE;
  private static final AudioClip RECORDING = AudioClip.of(new float[] {0.1f, -0.3f, 0.2f}, RATE);

  private static Path folder;
  private static MixtureRenderer renderer;

  /** All that a renderer is told. */
  private record Sound(Mixture mixture, OverlayRule rule, BackgroundNoise background) {
    static Sound random(Random random) {
      List<String> notes = new ArrayList<>();
      List<Double> gains = new ArrayList<>();
      for (int left = random.nextInt(3); left > 0; left--) {
        notes.add(one(random, NOTES));
        gains.add(one(random, List.of(0.0, -0.0, -6.0)));
      }
      double level = one(random, List.of(0.0, 0.25, 0.5));
      return new Sound(
          new Mixture(
              random.nextInt(2),
              one(random, List.of("x", "y")),
              notes,
              gains,
              TRUTH,
              new MixtureNoise(
                  one(random, List.of(1L, 2L, 1 + NEXT_32_BITS)),
                  one(random, List.of(MixtureNoise.Kind.values())))),
          one(random, List.of(OverlayRule.values())),
          random.nextBoolean()
              ? BackgroundNoise.white(level)
              : BackgroundNoise.recorded(RECORDING, level));
    }

    Sound with(List<String> notes, List<Double> gains) {
      return new Sound(
          new Mixture(0, mixture.id(), notes, gains, mixture.truth(), mixture.noise()),
          rule,
          background);
    }

    Sound with(MixtureNoise noise) {
      return new Sound(
          new Mixture(0, mixture.id(), mixture.noteIds(), mixture.gains(), mixture.truth(), noise),
          rule,
          background);
    }

    ContentDigest digest() {
      return MixtureDigest.of(
          mixture, rule, background, id -> ContentDigest.builder().add(id).build());
    }

    float[] values() {
      return renderer.render(mixture, rule, background, renderer::render).values();
    }
  }

  @BeforeContainer
  static void writeNotes() throws IOException {
    folder = Files.createTempDirectory("notes");
    Path bass = Files.createDirectory(folder.resolve("bass"));
    for (int note = 0; note < NOTES.size(); note++) {
      float[] samples = new float[WINDOW];
      for (int i = 0; i < WINDOW; i++) {
        samples[i] = (float) (0.7 * Math.sin((0.2 + 0.3 * note) * i));
      }
      Files.write(bass.resolve(note + ".flac"), FlacEncoder.encode(AudioClip.of(samples, RATE)));
    }
    StftParameters stft = new StftParameters(RATE, 8, 4, 8, 1e-5f, 80);
    renderer =
        new MixtureRenderer(
            NoteLibrary.open(folder, NOTES.size()), new SpectrogramExtractor(stft), WINDOW);
  }

  @AfterContainer
  static void deleteNotes() throws IOException {
    for (String note : NOTES) {
      Files.delete(folder.resolve(note + ".flac"));
    }
    Files.delete(folder.resolve("bass"));
    Files.delete(folder);
  }

  @Property
  void whatSoundsDifferentHasAnotherDigest(@ForAll long seed) {
    Random random = new Random(seed);
    Sound one = Sound.random(random);
    for (int others = 0; others < 20; others++) {
      Sound other = Sound.random(random);
      if (one.digest().equals(other.digest())) {
        assertArrayEquals(one.values(), other.values());
      }
    }
  }

  @Property
  void everythingThatIsHeardCounts(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> notes = new ArrayList<>(NOTES);
    Collections.shuffle(notes, random);
    MixtureNoise noise = new MixtureNoise(seed, MixtureNoise.Kind.GAUSSIAN);
    double gain = -1 - random.nextDouble();
    double level = random.nextDouble() + 0.01;
    Sound sound =
        new Sound(
            new Mixture(0, "x", notes.subList(0, 2), List.of(0.0, gain), TRUTH, noise),
            one(random, List.of(OverlayRule.values())),
            BackgroundNoise.white(level));
    OverlayRule otherRule = other(sound.rule);
    List<String> two = notes.subList(0, 2);
    List<Sound> others =
        List.of(
            sound.with(List.of(notes.get(1), notes.get(0)), List.of(0.0, gain)),
            sound.with(List.of(notes.get(0), notes.get(2)), List.of(0.0, gain)),
            sound.with(notes, List.of(0.0, gain, 0.0)),
            sound.with(notes.subList(0, 1), List.of(0.0)),
            sound.with(List.of(), List.of()),
            sound.with(two, List.of(0.0, gain - 1)),
            sound.with(two, List.of(gain, 0.0)),
            sound.with(new MixtureNoise(seed + 1, MixtureNoise.Kind.GAUSSIAN)),
            sound.with(new MixtureNoise(seed, MixtureNoise.Kind.NUMPY_REAL_PART)),
            new Sound(sound.mixture, otherRule, sound.background),
            new Sound(sound.mixture, sound.rule, BackgroundNoise.white(0)),
            new Sound(sound.mixture, sound.rule, BackgroundNoise.white(level / 2)),
            new Sound(sound.mixture, sound.rule, BackgroundNoise.recorded(RECORDING, level)));
    others.forEach(other -> assertNotEquals(sound.digest(), other.digest(), other.toString()));
  }

  @Property
  void whatIsNotHeardDoesNot(@ForAll long seed) {
    Random random = new Random(seed);
    Sound drawn = Sound.random(random);
    Mixture m = drawn.mixture;
    LabelVector otherTruth = truth(InstrumentFamily.FLUTE);
    assertSame(
        drawn,
        new Sound(
            new Mixture(7, "z", m.noteIds(), m.gains(), otherTruth, m.noise()),
            drawn.rule,
            drawn.background));
    assertSame(
        drawn.with(new MixtureNoise(seed, MixtureNoise.Kind.NUMPY_REAL_PART)),
        drawn.with(new MixtureNoise(seed + NEXT_32_BITS, MixtureNoise.Kind.NUMPY_REAL_PART)));
    assertSame(
        drawn.with(m.noteIds(), Collections.nCopies(m.noteIds().size(), 0.0)),
        drawn.with(m.noteIds(), Collections.nCopies(m.noteIds().size(), -0.0)));
    Sound silence = drawn.with(List.of(), List.of());
    assertSame(
        silence,
        new Sound(
            silence.mixture,
            other(drawn.rule),
            BackgroundNoise.recorded(RECORDING, random.nextDouble())));
    MixtureNoise otherNoise =
        new MixtureNoise(random.nextLong(), one(random, List.of(MixtureNoise.Kind.values())));
    Sound note = drawn.with(NOTES.subList(0, 1), List.of(0.0));
    for (BackgroundNoise unseeded :
        List.of(BackgroundNoise.white(0), BackgroundNoise.recorded(RECORDING, 0.5))) {
      assertSame(
          new Sound(note.mixture, drawn.rule, unseeded),
          new Sound(note.with(otherNoise).mixture, drawn.rule, unseeded));
    }
    assertSame(
        new Sound(note.mixture, drawn.rule, BackgroundNoise.white(0)),
        new Sound(note.mixture, drawn.rule, BackgroundNoise.recorded(RECORDING, 0)));
  }

  private static void assertSame(Sound one, Sound other) {
    assertArrayEquals(one.values(), other.values());
    assertEquals(one.digest(), other.digest());
  }

  private static LabelVector truth(InstrumentFamily family) {
    return LabelVector.of(FamilySet.notebook(), List.of(family));
  }

  private static OverlayRule other(OverlayRule rule) {
    return rule == OverlayRule.WAVEFORM_SUM ? OverlayRule.MEAN_DECIBEL : OverlayRule.WAVEFORM_SUM;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
