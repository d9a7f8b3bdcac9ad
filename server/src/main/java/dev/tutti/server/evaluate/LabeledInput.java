package dev.tutti.server.evaluate;

import dev.tutti.core.label.LabelVector;
import dev.tutti.server.classify.Classification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One sample of an evaluation.
 *
 * @param id its name
 * @param truth the families that play
 * @param noteIds the notes that were mixed; empty for other samples
 * @param bytes what it weighs while it waits
 * @param classify begins its classification
 */
public record LabeledInput(
    String id,
    LabelVector truth,
    List<String> noteIds,
    long bytes,
    Supplier<CompletableFuture<Classification>> classify) {}
