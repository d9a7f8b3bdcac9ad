package dev.tutti.server.grpc;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.server.batching.Lane;
import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.ClassifySettings;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.evaluate.EvaluationSettings;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.SampleErrorPolicy;
import java.util.ArrayList;
import java.util.List;

/** Settings and recipes of evaluations, from the wire into the domain. */
final class EvaluationMapper {
  private static final int DEFAULT_PROGRESS_INTERVAL = 100;
  private static final int DEFAULT_NOTES_PER_FAMILY = 500;
  private static final int MAX_GROUP_COUNT = 10_000_000;

  private EvaluationMapper() {}

  static EvaluationSettings settings(EvaluationOptions options, Bank bank, long total) {
    if (options.getSampleErrorPolicy() == SampleErrorPolicy.UNRECOGNIZED) {
      throw new InvalidInputException(
          "options.sample_error_policy",
          "Accepted are SAMPLE_ERROR_POLICY_FAIL and SAMPLE_ERROR_POLICY_SKIP.");
    }
    if (options.getProgressInterval() < 0) {
      throw new InvalidInputException(
          "options.progress_interval",
          "The interval is " + options.getProgressInterval() + "; accepted is zero or more.");
    }
    return new EvaluationSettings(
        bank,
        FamilyMapper.thresholds(
            "options.thresholds", options.getThresholdsList(), bank.thresholds()),
        InputMapper.bypass(options.getCachePolicy()),
        options.getSampleErrorPolicy() == SampleErrorPolicy.SAMPLE_ERROR_POLICY_SKIP,
        options.getProgressInterval() == 0
            ? DEFAULT_PROGRESS_INTERVAL
            : options.getProgressInterval(),
        total);
  }

  static ClassifySettings classifySettings(EvaluationSettings settings, LengthPolicy length) {
    return new ClassifySettings(
        settings.bank(), settings.thresholds(), length, settings.bypassCache(), Lane.BATCH);
  }

  /**
   * @param drawable the families that can be drawn: served and with notes
   */
  static MixtureRecipe recipe(dev.tutti.v1.MixtureRecipe wire, FamilySet drawable) {
    if (wire.getNotebookCompatible()) {
      throw new InvalidInputException(
          "recipe.notebook_compatible", "This release only mixes the right way; leave it unset.");
    }
    OverlayRule rule = overlayRule("recipe.overlay_rule", wire.getOverlayRule());
    if (wire.getNoiseLevel() != 0 && rule != OverlayRule.WAVEFORM_SUM) {
      throw new InvalidInputException(
          "recipe.noise_level", "Background noise needs OVERLAY_RULE_WAVEFORM_SUM.");
    }
    MixtureRecipe notebook = MixtureRecipe.notebook(wire.getSeed(), drawable.size());
    List<GroupCount> groups =
        wire.getGroupsCount() == 0 ? notebook.groups() : groups(wire, drawable);
    try {
      return new MixtureRecipe(wire.getSeed(), groups, rule, wire.getNoiseLevel());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("recipe", e.getMessage(), e);
    }
  }

  static int notesPerFamily(dev.tutti.v1.MixtureRecipe wire) {
    if (wire.getNotesPerFamily() < 0) {
      throw new InvalidInputException(
          "recipe.notes_per_family",
          wire.getNotesPerFamily() + " notes; accepted is zero or more.");
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
