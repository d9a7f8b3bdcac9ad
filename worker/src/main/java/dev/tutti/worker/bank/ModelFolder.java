package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.savedmodel.SavedModelFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of {@code family_<name>_classifier.h5} or {@code .keras}, or of SavedModels that are
 * folders {@code family_<name>_classifier}.
 *
 * @param folder where they lie
 * @param files by family, in NSynth id order; never empty
 */
public record ModelFolder(Path folder, Map<InstrumentFamily, Path> files) {
  private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);
  private static final Pattern NAME = Pattern.compile("family_(.+)_classifier(\\.h5|\\.keras|)");

  /** Looks for every family; none at all is an error. */
  static ModelFolder scan(Path folder) throws ModelBankException {
    Map<InstrumentFamily, Path> files = find(folder);
    if (files.isEmpty()) {
      throw new ModelBankException(
          "The models folder "
              + folder
              + " holds no family_<name>_classifier.h5 or .keras, and no SavedModel of that name.");
    }
    return new ModelFolder(folder, files);
  }

  /** The families that have no model among these. */
  public static List<InstrumentFamily> missing(FamilySet families) {
    return Arrays.stream(InstrumentFamily.values())
        .filter(family -> !families.contains(family))
        .toList();
  }

  /** The models that there are. */
  static Map<InstrumentFamily, Path> find(Path folder) throws ModelBankException {
    if (!Files.isDirectory(folder)) {
      throw new ModelBankException("The models folder " + folder + " does not exist.");
    }
    Map<InstrumentFamily, Path> files = new EnumMap<>(InstrumentFamily.class);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Optional<InstrumentFamily> family = familyOf(entry);
        Path other = family.isPresent() ? files.put(family.get(), entry) : null;
        if (other != null) {
          throw new ModelBankException(
              "%s has two models: %s and %s.".formatted(family.get().label(), other, entry));
        }
      }
    } catch (ModelBankException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelBankException("The models folder " + folder + " cannot be read: " + e, e);
    }
    return files;
  }

  /** The family that a file or folder is a model of, by its name. */
  public static Optional<InstrumentFamily> familyOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches() || (name.group(2).isEmpty() && !SavedModelFile.isOne(file))) {
      return Optional.empty();
    }
    Optional<InstrumentFamily> family = InstrumentFamily.ofLabel(name.group(1));
    if (family.isEmpty()) {
      log.warn("{} is ignored: {} is not an NSynth family.", file, name.group(1));
    }
    return family;
  }
}
