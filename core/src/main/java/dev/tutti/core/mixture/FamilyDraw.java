package dev.tutti.core.mixture;

/** How the families of a mixture are chosen. */
public enum FamilyDraw {
  /** At random, all of them different. */
  DISTINCT,
  /**
   * Every combination in turn: mixture i of a group has combination number i modulo the number of
   * combinations of the group's size, in lexicographic order of the candidates' positions.
   */
  EXHAUSTIVE,
  /**
   * As the public NSynth overlay notebook draws, with its slip: it keeps label positions in its
   * list of families not to draw again, but compares NSynth ids with it. The families are drawn one
   * after the other; what a drawn family of id f puts on the list is min(f, 9), and a family is
   * barred while its id is on the list. So vocal, id 10, is never barred: it may be drawn several
   * times, and the mixture then has fewer families than notes.
   */
  NOTEBOOK
}
