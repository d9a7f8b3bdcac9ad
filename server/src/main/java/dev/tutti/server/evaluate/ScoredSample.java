package dev.tutti.server.evaluate;

import dev.tutti.core.label.LabelVector;
import dev.tutti.server.classify.Classification;
import java.util.List;
import java.util.Optional;

/**
 * One sample's outcome: its classification, or the failure that took its place.
 *
 * @param index its place, from 0
 * @param exactMatch whether every decision is right
 */
public record ScoredSample(
    long index,
    String id,
    LabelVector truth,
    List<String> noteIds,
    Optional<Classification> classification,
    boolean exactMatch,
    Optional<Throwable> failure) {}
