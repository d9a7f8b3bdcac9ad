package dev.tutti.cli;

import dev.tutti.cli.input.RecipeFile;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.dataset.NoteSelection;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.MixtureRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code tutti mixtures}. */
@Command(
    name = "mixtures",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "List the mixtures of a recipe. Needs no server.",
    description = "The same recipe gives the same mixtures of the same notes on every machine.")
final class MixturesCommand extends DatasetVerb {
  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "PATH",
      description = "Notes to mix, of any kind that 'tutti dataset inspect' reads.")
  private Path dataset;

  @Option(
      names = "--recipe",
      defaultValue = "notebook",
      paramLabel = "RECIPE",
      description =
          "A YAML file, or notebook (100 noises and 100 mixtures of each size from 1 to 10),"
              + " notebook-wave (the same as sums of waveforms), notebook-compatible (with the"
              + " notebook's slips), or exhaustive (every combination of families once). Default:"
              + " notebook")
  private String recipe;

  @Option(names = "--seed", paramLabel = "N", description = "Instead of the recipe's. Default: 1")
  private Long seed;

  @Option(names = "--list", description = "List the mixtures and not only how many there are.")
  private boolean list;

  @Option(
      names = "--from",
      defaultValue = "0",
      paramLabel = "N",
      description = "List from this number on. Default: 0")
  private long from;

  @Option(names = "--count", paramLabel = "N", description = "List this many. Default: all")
  private Long count;

  @Option(names = "--id", paramLabel = "ID", description = "List only the mixture with this id.")
  private String id;

  @Override
  void answer(PrintWriter out) throws IOException {
    RecipeFile file = RecipeFile.named(recipe);
    NoteLibrary library =
        NoteLibrary.open(dataset, NoteSelection.first(file.notesPerFamily()), skipping());
    FamilySet families = file.families(library.families());
    MixtureRecipe wanted = file.recipe(Optional.ofNullable(seed), families.size());
    if (id != null) {
      print(wanted.mixture(id, library, families), families, out);
    } else if (list) {
      long end = count == null ? wanted.size() : Math.min(wanted.size(), from + count);
      for (long i = checkedFrom(wanted.size()); i < end; i++) {
        print(wanted.mixture(i, library, families), families, out);
      }
    } else {
      out.println(summary(wanted, families, library.size()));
    }
  }

  private long checkedFrom(long size) {
    if (from < 0 || from > size || (count != null && count < 0)) {
      throw wrong(
          "Invalid values for '--from' and '--count': the recipe has mixtures 0 to " + (size - 1));
    }
    return from;
  }

  private String summary(MixtureRecipe wanted, FamilySet families, int notes) {
    List<Object> labels = new ArrayList<>();
    families.forEach(family -> labels.add(family.label()));
    Map<String, Object> answer =
        Json.object(
            "recipe", wanted.id(), "mixtures", wanted.size(), "labels", labels, "notes", notes);
    return isForPrograms()
        ? Json.write(answer)
        : "%d mixtures of %d notes; recipe %s".formatted(wanted.size(), notes, wanted.id());
  }

  private void print(Mixture mixture, FamilySet families, PrintWriter out) {
    List<Integer> truth = new ArrayList<>();
    for (int position = 0; position < families.size(); position++) {
      truth.add(mixture.truth().bits() >>> position & 1);
    }
    if (isForPrograms()) {
      out.println(
          Json.line(
              Json.object(
                  "index", mixture.index(),
                  "id", mixture.id(),
                  "notes", mixture.noteIds(),
                  "gains_db", mixture.gains(),
                  "labels", truth,
                  "noise_seed", Long.toUnsignedString(mixture.noise().seed()))));
    } else {
      String notes = mixture.noteIds().isEmpty() ? "noise" : String.join(" ", mixture.noteIds());
      out.println(mixture.id() + "  " + notes);
    }
  }
}
