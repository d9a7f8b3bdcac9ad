package dev.tutti.worker.cli;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.savedmodel.SavedModelFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What a SavedModel holds, for people and programs.
 *
 * @param file where it lies
 * @param signature that a server would call
 * @param input the shape of one sample
 * @param output the shape of one answer
 * @param parameters numbers in the variables and constants that answer
 * @param operations that answer
 * @param digest of the bytes of its files
 */
record SavedModelSummary(
    String file,
    String signature,
    List<Integer> input,
    List<Integer> output,
    long parameters,
    int operations,
    String digest) {
  /** Reads and checks a folder; TensorFlow is not asked. */
  static SavedModelSummary of(Path folder) throws ModelFileException {
    SavedModelFile file = SavedModelFile.open(folder);
    return new SavedModelSummary(
        folder.toString(),
        file.signature().name(),
        file.signature().sample().sizes(),
        List.of(1),
        file.parameters(),
        file.operations(),
        file.digest().hex());
  }

  String line() {
    return "%s: SavedModel, signature '%s' %s -> %s, %,d parameters, %,d operations, digest %s"
        .formatted(file, signature, input, output, parameters, operations, digest);
  }
}
