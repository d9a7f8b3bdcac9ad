package dev.tutti.cli.input;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.FamilyDraw;
import dev.tutti.core.mixture.GainRange;
import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.OverlayRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A recipe in YAML; whatever is left out is as in the notebook's protocol:
 *
 * <pre>
 * seed: 1
 * groups: {0: 100, 1: 100, 2: 100}   # mixtures of each size; without, of draw: exhaustive, every
 *                                    # combination once
 * overlay: mean_decibel              # or waveform_sum
 * draw: distinct                     # or exhaustive, notebook
 * noise: rain.wav                    # background noise, repeated or cut; white where left out
 * noise_level: 0.5                   # times the noise; 0 where there is no noise file
 * gains: {lowest: -20, highest: 0}   # of each note, in dB
 * families: [bass, vocal]            # to draw and score; without, all that there are
 * notes_per_family: 500
 * </pre>
 *
 * <p>The notebook's recipes by name are of the families that the notebook knows.
 *
 * @param file what was read; the name where it is not a file
 * @param base a named recipe that stands for the groups, the draw and the rule; or empty
 */
public record RecipeFile(Path file, Optional<String> base, RecipeYaml content) {
  private static final List<String> NAMES =
      List.of("notebook", "notebook-wave", "notebook-compatible", "exhaustive");

  /** The name of the recipe that is meant where none is given. */
  public static final String NOTEBOOK = "notebook";

  private static final int NOTES_PER_FAMILY = 500;

  /**
   * A recipe by its name, or from a file.
   *
   * @throws IOException where there is no such file or it is not a recipe; the message says why
   */
  public static RecipeFile named(String name) throws IOException {
    if (NAMES.contains(name)) {
      return new RecipeFile(Path.of(name), Optional.of(name), RecipeYaml.EMPTY);
    }
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw new IOException(
          "there is no recipe '%s'; there are %s, and files"
              .formatted(name, String.join(", ", NAMES)));
    }
    return new RecipeFile(file, Optional.empty(), RecipeYaml.read(file));
  }

  /** How many notes of each family to mix at most. */
  public int notesPerFamily() {
    return content.notesPerFamily() == null ? NOTES_PER_FAMILY : content.notesPerFamily();
  }

  /**
   * Which families to draw.
   *
   * @param there those that have notes, or models
   * @throws IOException where the file names one that is not there
   */
  public FamilySet families(FamilySet there) throws IOException {
    if (content.families() != null) {
      return FamilyNames.choose(content.families(), there, file + ": families");
    }
    FamilySet known = there.intersection(FamilySet.notebook());
    boolean notebook = base.filter(name -> name.startsWith(NOTEBOOK)).isPresent();
    return notebook && known.size() > 0 ? known : there;
  }

  /**
   * The recipe for so many families.
   *
   * @param otherSeed instead of the file's
   * @throws IOException where a number is out of its range or the noise cannot be read
   */
  public MixtureRecipe recipe(Optional<Long> otherSeed, int families) throws IOException {
    long seed = otherSeed.orElse(content.seed() == null ? 1 : content.seed());
    MixtureRecipe protocol =
        switch (base.orElse("notebook").toLowerCase(Locale.ROOT)) {
          case "notebook-compatible" -> MixtureRecipe.notebookCompatible(seed, families);
          case "exhaustive" -> MixtureRecipe.exhaustive(seed, families, 1);
          default ->
              content.draw() == FamilyDraw.EXHAUSTIVE
                  ? MixtureRecipe.exhaustive(seed, families, 1)
                  : MixtureRecipe.notebook(seed, families);
        };
    try {
      return new MixtureRecipe(
          seed,
          content.groups() == null ? protocol.groups() : groups(content.groups()),
          content.overlay() == null ? overlay(protocol) : content.overlay(),
          background(),
          content.draw() == null ? protocol.draw() : content.draw(),
          content.gains() == null ? GainRange.none() : content.gains());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": cannot be followed: " + e.getMessage(), e);
    }
  }

  private BackgroundNoise background() throws IOException {
    if (content.noise() == null) {
      return BackgroundNoise.white(content.noiseLevel() == null ? 0 : content.noiseLevel());
    }
    AudioClip recording = AudioFiles.read(file.resolveSibling(content.noise()));
    double usual = BackgroundNoise.USUAL_LEVEL;
    return BackgroundNoise.recorded(
        recording, content.noiseLevel() == null ? usual : content.noiseLevel());
  }

  /**
   * The recipe for a server, which alone knows the families: without groups where the file has
   * none.
   *
   * @throws IOException where a number is out of its range, or the noise is a recording, which
   *     servers do not take
   */
  public MixtureRecipe open(Optional<Long> otherSeed) throws IOException {
    if (content.noise() != null) {
      throw new IOException(
          file + ": noise: servers add white noise only; leave the recording out");
    }
    MixtureRecipe recipe = recipe(otherSeed, 0);
    return content.groups() != null ? recipe : withGroups(recipe, List.of());
  }

  /** The same recipe of other sizes and counts. */
  public static MixtureRecipe withGroups(MixtureRecipe recipe, List<GroupCount> groups) {
    return new MixtureRecipe(
        recipe.seed(),
        groups,
        recipe.overlayRule(),
        recipe.background(),
        recipe.draw(),
        recipe.gains());
  }

  private OverlayRule overlay(MixtureRecipe protocol) {
    return switch (base.orElse("notebook")) {
      case "notebook-wave" -> OverlayRule.WAVEFORM_SUM;
      case "exhaustive" -> protocol.overlayRule();
      default -> OverlayRule.MEAN_DECIBEL;
    };
  }

  private static List<GroupCount> groups(Map<Integer, Integer> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(entry -> new GroupCount(entry.getKey(), entry.getValue()))
            .toList();
  }
}
