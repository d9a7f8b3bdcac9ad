package dev.tutti.cli.picture;

/**
 * The bins or frames that a pixel shows.
 *
 * @param from the first
 * @param to one after the last, above {@code from}
 */
record Span(int from, int to) {}
