package dev.tutti.cli.render;

import dev.tutti.core.label.InstrumentFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Draws which notes to render. Each family's notes spread evenly over its presets, its pitches, the
 * velocities and the effects (a Latin hypercube). The same options give the same notes.
 *
 * @param seed another one draws other notes
 * @param effects share of the notes with reverberation and chorus
 * @param variety also draws how long a note is held, how far it is out of tune and its vibrato
 */
record RenderPlan(long seed, double effects, boolean variety) {
  static final int NOTE_MILLIS = 4000;
  private static final int HELD_MILLIS = 3000;
  private static final List<Integer> VELOCITIES = List.of(25, 50, 75, 100, 127);
  private static final int MOST_CENTS = 40;
  private static final int SHORTEST_MILLIS = 300;
  private static final int LONGEST_MILLIS = 3800;

  /**
   * Draws notes of a family that are not among those known.
   *
   * @param round another one draws other notes
   * @param known ids of notes not to draw; those drawn are added
   */
  List<RenderedNote> draw(
      InstrumentFamily family,
      List<GeneralMidi.Voice> voices,
      int count,
      int round,
      Set<String> known) {
    Random random = new Random(31 * (31 * seed + family.nsynthId()) + round);
    List<GeneralMidi.Voice> spreadVoices = spread(voices, count, random);
    List<Integer> velocities = spread(VELOCITIES, count, random);
    List<Double> heights =
        spread(
            IntStream.range(0, count).mapToObj(i -> (i + random.nextDouble()) / count).toList(),
            count,
            random);
    List<Boolean> wet =
        spread(
            IntStream.range(0, count).mapToObj(i -> i + 0.5 < effects * count).toList(),
            count,
            random);
    List<RenderedNote> notes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GeneralMidi.Voice voice = spreadVoices.get(i);
      int pitch = voice.lowest() + (int) (heights.get(i) * (voice.highest() - voice.lowest() + 1));
      RenderedNote note = note(family, voice, pitch, velocities.get(i), wet.get(i), random);
      if (known.add(note.id(""))) {
        notes.add(note);
      }
    }
    return notes;
  }

  private RenderedNote note(
      InstrumentFamily family,
      GeneralMidi.Voice voice,
      int pitch,
      int velocity,
      boolean wet,
      Random random) {
    // Drawn in any case, so that a note's other properties do not depend on the option.
    int held = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS + 1);
    int cents = random.nextInt(2 * MOST_CENTS + 1) - MOST_CENTS;
    int modulation = random.nextBoolean() ? 0 : random.nextInt(101);
    boolean full = !variety || random.nextInt(3) == 0;
    return new RenderedNote(
        family,
        voice.preset(),
        pitch,
        velocity,
        wet,
        full ? HELD_MILLIS : held,
        variety ? cents : 0,
        variety ? modulation : 0);
  }

  /** Each value as often as the next, give or take one, in random order. */
  private static <T> List<T> spread(List<T> values, int count, Random random) {
    List<T> repeated = new ArrayList<>(count);
    List<T> order = new ArrayList<>(values);
    while (repeated.size() < count) {
      Collections.shuffle(order, random);
      repeated.addAll(order.subList(0, Math.min(order.size(), count - repeated.size())));
    }
    Collections.shuffle(repeated, random);
    return repeated;
  }
}
