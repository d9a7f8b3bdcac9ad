package dev.tutti.client;

import dev.tutti.core.label.InstrumentFamily;

/**
 * The answer of one family's model.
 *
 * @param probability in [0, 1]
 * @param threshold what decided
 * @param present whether the probability is above the threshold
 */
public record FamilyTag(
    InstrumentFamily family, float probability, double threshold, boolean present) {}
