package dev.tutti.server.grpc;

import dev.tutti.server.bank.Banks;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.EvaluationConfig;
import dev.tutti.server.evaluate.EvaluationSlots;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.grpc.call.Idling;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What both kinds of evaluation need.
 *
 * @param serialExecutors makes an executor that runs one task at a time, in order
 * @param idling when an evaluation whose client does nothing loses its place, and its call
 */
public record EvaluationServices(
    Banks banks,
    Classifier classifier,
    MixtureClassifier mixtures,
    DataSets dataSets,
    EvaluationSlots slots,
    EvaluationConfig config,
    Supplier<Executor> serialExecutors,
    Idling idling,
    Clock clock) {}
