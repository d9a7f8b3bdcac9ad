package dev.tutti.worker.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;

/**
 * A TensorFlow SavedModel of one family, read and checked without TensorFlow: a folder with {@code
 * saved_model.pb} and, where it has variables, a checkpoint in {@code variables/}.
 */
public final class SavedModelFile {
  private static final String NAME = "saved_model.pb";
  private static final String TAG = "serve";
  private static final int MAX_BYTES = 1 << 25;
  private static final int CHUNK = 1 << 20;

  private final Path folder;
  private final SavedModelSignature signature;
  private final ServedGraph graph;
  private final Optional<RestoreStep> restore;
  private final ContentDigest digest;

  private SavedModelFile(
      Path folder,
      SavedModelSignature signature,
      ServedGraph graph,
      Optional<RestoreStep> restore,
      ContentDigest digest) {
    this.folder = folder;
    this.signature = signature;
    this.graph = graph;
    this.restore = restore;
    this.digest = digest;
  }

  /** Whether a path is the folder of a SavedModel. */
  public static boolean isOne(Path path) {
    return Files.isRegularFile(path.resolve(NAME));
  }

  /**
   * Reads and checks a folder.
   *
   * @throws ModelFileException if it is damaged, has another signature than a family model, or uses
   *     an operation that is not accepted
   */
  public static SavedModelFile open(Path folder) throws ModelFileException {
    Place place = Place.file(folder.resolve(NAME));
    ContentDigest.Builder digest = ContentDigest.builder();
    byte[] bytes = bytes(folder.resolve(NAME), place);
    digest.add(bytes);
    MetaGraphDef meta = metaGraph(bytes, place);
    SavedModelSignature signature = SavedModelSignature.read(meta.getSignatureDefMap(), place);
    Path prefix = prefix(folder);
    Optional<RestoreStep> restore = Optional.empty();
    if (Files.exists(prefix.resolveSibling(prefix.getFileName() + ".index"))) {
      for (Path file : CheckpointIndex.check(prefix)) {
        add(digest, file);
      }
      SaverDef saver = meta.getSaverDef();
      restore =
          Optional.of(new RestoreStep(saver.getFilenameTensorName(), saver.getRestoreOpName()));
    }
    ServedGraph graph = ServedGraph.cut(meta.getGraphDef(), signature, restore, place);
    return new SavedModelFile(folder, signature, graph, restore, digest.build());
  }

  /** How it is called. */
  public SavedModelSignature signature() {
    return signature;
  }

  /** How many operations answer, those within functions included. */
  public int operations() {
    return graph.operations();
  }

  /** Numbers in the variables and constants that answer. */
  public long parameters() {
    return graph.parameters();
  }

  /** Of the bytes of {@value #NAME} and of the variables' files. */
  public ContentDigest digest() {
    return digest;
  }

  ServedGraph graph() {
    return graph;
  }

  Optional<RestoreStep> restore() {
    return restore;
  }

  Place place() {
    return Place.file(folder);
  }

  Path prefix() {
    return prefix(folder);
  }

  private static Path prefix(Path folder) {
    return folder.resolve("variables").resolve("variables");
  }

  private static byte[] bytes(Path file, Place place) throws ModelFileException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw place.unsupported(
            "has more than %d bytes; weights belong in variables".formatted(MAX_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw place.broken("cannot be read: " + e.getMessage(), e);
    }
  }

  private static MetaGraphDef metaGraph(byte[] bytes, Place place) throws ModelFileException {
    List<MetaGraphDef> graphs;
    try {
      graphs = SavedModel.parseFrom(bytes).getMetaGraphsList();
    } catch (InvalidProtocolBufferException e) {
      throw place.broken("is not a SavedModel: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw place.broken("holds more parts than the memory", e);
    }
    List<MetaGraphDef> tagged =
        graphs.stream().filter(meta -> meta.getMetaInfoDef().getTagsList().contains(TAG)).toList();
    if (tagged.isEmpty()) {
      throw place.unsupported("has no graph with the tag '" + TAG + "'");
    }
    return tagged.get(0);
  }

  private static void add(ContentDigest.Builder digest, Path file) throws ModelFileException {
    try (FileChannel channel = FileChannel.open(file)) {
      digest.add(channel.size());
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (channel.read(chunk.clear()) >= 0) {
        digest.add(chunk.flip());
      }
    } catch (IOException e) {
      throw Place.file(file).broken("cannot be read: " + e.getMessage(), e);
    }
  }
}
