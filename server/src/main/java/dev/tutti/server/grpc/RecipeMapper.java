package dev.tutti.server.grpc;

import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.FamilyDraw;
import dev.tutti.core.mixture.GainRange;
import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.evaluate.MixturePlan;
import dev.tutti.v1.EvaluateMixturesRequest;
import java.util.ArrayList;
import java.util.List;

/** What a server-made evaluation mixes, from the wire into the domain. */
final class RecipeMapper {
  private static final int DEFAULT_NOTES_PER_FAMILY = 500;
  private static final int MAX_GROUP_COUNT = 10_000_000;

  /** Keeps every group's count of combinations within its limit for 11 families. */
  private static final int MAX_SAMPLES_PER_COMBINATION = 20_000;

  private RecipeMapper() {}

  /** The samples that a request asks for, of the served families. */
  static MixturePlan plan(
      EvaluateMixturesRequest request, NoteLibrary library, FamilySet families) {
    MixturePlan whole =
        request.getEveryNote()
            ? MixturePlan.ofNotes(library, families)
            : MixturePlan.of(
                recipe(request.getRecipe(), drawable(library, families)), library, families);
    if (request.getStartIndex() < 0 || request.getStartIndex() > whole.size()) {
      throw new InvalidInputException(
          "start_index",
          "The first mixture is " + request.getStartIndex() + "; there are " + whole.size() + ".");
    }
    if (request.getMaxSamples() < 0) {
      throw new InvalidInputException(
          "max_samples", request.getMaxSamples() + " samples; it must be zero or more.");
    }
    return whole.part(
        request.getStartIndex(),
        request.getMaxSamples() == 0 ? whole.size() : request.getMaxSamples());
  }

  static int notesPerFamily(dev.tutti.v1.MixtureRecipe wire) {
    if (wire.getNotesPerFamily() < 0) {
      throw new InvalidInputException(
          "recipe.notes_per_family", wire.getNotesPerFamily() + " notes; it must be zero or more.");
    }
    return wire.getNotesPerFamily() == 0 ? DEFAULT_NOTES_PER_FAMILY : wire.getNotesPerFamily();
  }

  static OverlayRule overlayRule(String field, dev.tutti.v1.OverlayRule wire) {
    return switch (wire) {
      case OVERLAY_RULE_UNSPECIFIED, OVERLAY_RULE_MEAN_DECIBEL -> OverlayRule.MEAN_DECIBEL;
      case OVERLAY_RULE_WAVEFORM_SUM -> OverlayRule.WAVEFORM_SUM;
      case UNRECOGNIZED ->
          throw new InvalidInputException(
              field, "Accepted are OVERLAY_RULE_MEAN_DECIBEL and OVERLAY_RULE_WAVEFORM_SUM.");
    };
  }

  /** The families that can be drawn: served and with notes. */
  private static FamilySet drawable(NoteLibrary library, FamilySet families) {
    return FamilySet.of(families.asList().stream().filter(library.families()::contains).toList());
  }

  private static MixtureRecipe recipe(dev.tutti.v1.MixtureRecipe wire, FamilySet drawable) {
    OverlayRule rule = overlayRule("recipe.overlay_rule", wire.getOverlayRule());
    FamilyDraw draw = draw(wire);
    GainRange gains = gains(wire);
    List<GroupCount> groups =
        wire.getGroupsCount() == 0 ? groups(wire, draw, drawable) : groups(wire, drawable);
    try {
      BackgroundNoise background = BackgroundNoise.white(wire.getNoiseLevel());
      return new MixtureRecipe(wire.getSeed(), groups, rule, background, draw, gains);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("recipe", e.getMessage(), e);
    }
  }

  private static FamilyDraw draw(dev.tutti.v1.MixtureRecipe wire) {
    boolean notebook = wire.getNotebookCompatible();
    if (notebook && wire.getFamilyDraw() != dev.tutti.v1.FamilyDraw.FAMILY_DRAW_UNSPECIFIED) {
      throw new InvalidInputException(
          "recipe.family_draw",
          "With notebook_compatible, families are drawn as the notebook does.");
    }
    return switch (wire.getFamilyDraw()) {
      case FAMILY_DRAW_UNSPECIFIED -> notebook ? FamilyDraw.NOTEBOOK : FamilyDraw.DISTINCT;
      case FAMILY_DRAW_DISTINCT -> FamilyDraw.DISTINCT;
      case FAMILY_DRAW_EXHAUSTIVE -> FamilyDraw.EXHAUSTIVE;
      case UNRECOGNIZED ->
          throw new InvalidInputException(
              "recipe.family_draw",
              "Accepted are FAMILY_DRAW_DISTINCT and FAMILY_DRAW_EXHAUSTIVE.");
    };
  }

  private static GainRange gains(dev.tutti.v1.MixtureRecipe wire) {
    try {
      return new GainRange(wire.getGains().getLowestDb(), wire.getGains().getHighestDb());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("recipe.gains", e.getMessage(), e);
    }
  }

  /** The groups of a request that names none. */
  private static List<GroupCount> groups(
      dev.tutti.v1.MixtureRecipe wire, FamilyDraw draw, FamilySet drawable) {
    int each = wire.getSamplesPerCombination();
    if (each < 0 || each > MAX_SAMPLES_PER_COMBINATION) {
      throw new InvalidInputException(
          "recipe.samples_per_combination",
          each + " samples; accepted are 0 to " + MAX_SAMPLES_PER_COMBINATION + ".");
    }
    return draw == FamilyDraw.EXHAUSTIVE
        ? MixtureRecipe.exhaustive(wire.getSeed(), drawable.size(), Math.max(1, each)).groups()
        : MixtureRecipe.notebook(wire.getSeed(), drawable.size()).groups();
  }

  private static List<GroupCount> groups(dev.tutti.v1.MixtureRecipe wire, FamilySet drawable) {
    List<GroupCount> groups = new ArrayList<>();
    for (int i = 0; i < wire.getGroupsCount(); i++) {
      int size = wire.getGroups(i).getSize();
      int count = wire.getGroups(i).getCount();
      String field = "recipe.groups[" + i + "]";
      if (size < 0 || size > drawable.size()) {
        throw new InvalidInputException(
            field + ".size",
            size
                + " families; accepted are 0 to "
                + drawable.size()
                + ", as many as are served and have notes.");
      }
      if (count < 1 || count > MAX_GROUP_COUNT) {
        throw new InvalidInputException(
            field + ".count", count + " samples; accepted are 1 to " + MAX_GROUP_COUNT + ".");
      }
      groups.add(new GroupCount(size, count));
    }
    return groups;
  }
}
