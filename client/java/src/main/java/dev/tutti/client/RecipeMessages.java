package dev.tutti.client;

import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.FamilyDraw;
import dev.tutti.v1.GainRange;
import dev.tutti.v1.GroupCount;

/** What to evaluate, from the client's own types onto the wire. */
final class RecipeMessages {
  private RecipeMessages() {}

  static EvaluateMixturesRequest request(MixtureEvaluation evaluation) {
    return EvaluateMixturesRequest.newBuilder()
        .setDataset(evaluation.dataset())
        .setRecipe(recipe(evaluation.recipe()).setNotesPerFamily(evaluation.notesPerFamily()))
        .setEveryNote(evaluation.everyNote())
        .addAllFamilies(
            evaluation.families().stream().map(family -> Messages.family(family)).toList())
        .setStartIndex(evaluation.part().start())
        .setMaxSamples(evaluation.part().most())
        .setOptions(
            EvaluationOptions.newBuilder().setProgressInterval(evaluation.progressInterval()))
        .build();
  }

  private static dev.tutti.v1.MixtureRecipe.Builder recipe(MixtureRecipe recipe) {
    dev.tutti.v1.MixtureRecipe.Builder wire =
        dev.tutti.v1.MixtureRecipe.newBuilder()
            .setSeed(recipe.seed())
            .setOverlayRule(
                recipe.overlayRule() == OverlayRule.WAVEFORM_SUM
                    ? dev.tutti.v1.OverlayRule.OVERLAY_RULE_WAVEFORM_SUM
                    : dev.tutti.v1.OverlayRule.OVERLAY_RULE_MEAN_DECIBEL)
            .setNoiseLevel(recipe.noiseLevel())
            .setGains(
                GainRange.newBuilder()
                    .setLowestDb(recipe.gains().lowest())
                    .setHighestDb(recipe.gains().highest()));
    switch (recipe.draw()) {
      case DISTINCT -> wire.setFamilyDraw(FamilyDraw.FAMILY_DRAW_DISTINCT);
      case EXHAUSTIVE -> wire.setFamilyDraw(FamilyDraw.FAMILY_DRAW_EXHAUSTIVE);
      case NOTEBOOK -> wire.setNotebookCompatible(true);
    }
    recipe
        .groups()
        .forEach(
            group ->
                wire.addGroups(
                    GroupCount.newBuilder().setSize(group.size()).setCount(group.count())));
    return wire;
  }
}
