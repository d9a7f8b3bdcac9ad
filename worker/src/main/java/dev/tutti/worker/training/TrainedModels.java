package dev.tutti.worker.training;

import dev.tutti.core.label.FamilySet;

/**
 * What a training gives.
 *
 * @param validation mixtures of instruments that were held out, on which decisions were fitted
 * @param validationWave the same kind of mixtures as sums of waveforms, approximately
 */
public record TrainedModels(
    FamilySet families,
    FamilyModels models,
    Decisions decisions,
    Scored validation,
    Scored validationWave) {}
