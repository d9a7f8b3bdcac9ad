package dev.tutti.server.grpc;

import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationProgress;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.SamplePrediction;

/** Wraps the events of an evaluation into the answer type of one of the two calls. */
interface EvaluationEvents<R> {
  EvaluationEvents<EvaluateResponse> OF_EVALUATE =
      new EvaluationEvents<>() {
        @Override
        public EvaluateResponse prediction(SamplePrediction event) {
          return EvaluateResponse.newBuilder().setPrediction(event).build();
        }

        @Override
        public EvaluateResponse progress(EvaluationProgress event) {
          return EvaluateResponse.newBuilder().setProgress(event).build();
        }

        @Override
        public EvaluateResponse summary(EvaluationSummary event) {
          return EvaluateResponse.newBuilder().setSummary(event).build();
        }
      };

  EvaluationEvents<EvaluateMixturesResponse> OF_EVALUATE_MIXTURES =
      new EvaluationEvents<>() {
        @Override
        public EvaluateMixturesResponse prediction(SamplePrediction event) {
          return EvaluateMixturesResponse.newBuilder().setPrediction(event).build();
        }

        @Override
        public EvaluateMixturesResponse progress(EvaluationProgress event) {
          return EvaluateMixturesResponse.newBuilder().setProgress(event).build();
        }

        @Override
        public EvaluateMixturesResponse summary(EvaluationSummary event) {
          return EvaluateMixturesResponse.newBuilder().setSummary(event).build();
        }
      };

  R prediction(SamplePrediction event);

  R progress(EvaluationProgress event);

  R summary(EvaluationSummary event);
}
