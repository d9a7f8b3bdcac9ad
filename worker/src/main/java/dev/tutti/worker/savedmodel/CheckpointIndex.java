package dev.tutti.worker.savedmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;

/**
 * The directory of a checkpoint, {@code variables.index}: a sorted table as LevelDB writes it (data
 * blocks of prefix-compressed keys, an index block, a footer), whose values are {@code
 * BundleEntryProto}s. TensorFlow allocates what an entry declares, so each is compared with the
 * data files before TensorFlow sees it.
 */
final class CheckpointIndex {
  private static final int MAX_BYTES = 1 << 22;
  private static final int MAX_ENTRIES = 20_000;
  private static final int MAX_KEY = 1024;
  private static final int MAX_SHARDS = 1000;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final long MAGIC = 0xdb4775248b80fb57L;

  private final Path prefix;
  private final Place place;
  private int shards = 1;
  private int read;

  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  private record Entry(byte[] key, ByteBuffer value) {}

  private CheckpointIndex(Path prefix, Place place) {
    this.prefix = prefix;
    this.place = place;
  }

  /**
   * Checks every entry.
   *
   * @param prefix of the checkpoint's files
   * @return the checkpoint's files, index first
   * @throws ModelFileException if an entry declares what its data file does not hold
   */
  static List<Path> check(Path prefix) throws ModelFileException {
    Path file = prefix.resolveSibling(prefix.getFileName() + ".index");
    CheckpointIndex index = new CheckpointIndex(prefix, Place.file(file));
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw index.place.unsupported("has more than " + MAX_BYTES + " bytes");
      }
      index.check(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
    } catch (ModelFileException e) {
      throw e;
    } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
      throw index.place.broken("is not an intact checkpoint index", e);
    } catch (IOException e) {
      throw index.place.broken("cannot be read: " + e.getMessage(), e);
    }
    List<Path> files = new ArrayList<>(List.of(file));
    for (int shard = 0; shard < index.shards; shard++) {
      files.add(index.shard(shard));
    }
    return files;
  }

  private void check(ByteBuffer bytes) throws IOException {
    if (bytes.limit() < FOOTER || bytes.getLong(bytes.limit() - Long.BYTES) != MAGIC) {
      throw place.broken("is not a checkpoint index");
    }
    ByteBuffer footer = bytes.slice(bytes.limit() - FOOTER, FOOTER);
    varint(footer);
    varint(footer);
    boolean first = true;
    for (Entry block : entries(block(bytes, footer))) {
      for (Entry entry : entries(block(bytes, block.value()))) {
        if (first) {
          shards = shards(BundleHeaderProto.parseFrom(entry.value()));
          first = false;
        } else {
          check(new String(entry.key(), UTF_8), BundleEntryProto.parseFrom(entry.value()));
        }
      }
    }
    if (first) {
      throw place.broken("is empty");
    }
  }

  private int shards(BundleHeaderProto header) throws ModelFileException {
    if (header.getNumShards() < 1 || header.getNumShards() > MAX_SHARDS) {
      throw place.broken("declares " + header.getNumShards() + " data files");
    }
    if (header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
      throw place.unsupported("is from a big-endian machine");
    }
    return header.getNumShards();
  }

  private void check(String name, BundleEntryProto entry) throws IOException {
    Place at = place.weight(name);
    if (entry.getSlicesCount() > 0) {
      throw at.unsupported("is stored in slices");
    }
    long wanted = ElementSize.bytes(entry.getDtype(), entry.getShape(), at);
    boolean text = entry.getDtype() == DataType.DT_STRING;
    if (text ? wanted > entry.getSize() : wanted != entry.getSize()) {
      throw at.broken("needs %d bytes and has %d".formatted(wanted, entry.getSize()));
    }
    if (entry.getShardId() < 0 || entry.getShardId() >= shards) {
      throw at.broken("lies in data file %d of %d".formatted(entry.getShardId(), shards));
    }
    long length = Files.size(shard(entry.getShardId()));
    if (entry.getOffset() < 0 || entry.getSize() > length - entry.getOffset()) {
      throw at.broken("lies outside its data file of " + length + " bytes");
    }
  }

  private Path shard(int number) {
    return prefix.resolveSibling(
        "%s.data-%05d-of-%05d".formatted(prefix.getFileName(), number, shards));
  }

  /** The block that a handle (offset, length) points at. */
  private ByteBuffer block(ByteBuffer bytes, ByteBuffer handle) throws ModelFileException {
    long offset = varint(handle);
    long length = varint(handle);
    if (offset < 0 || length < Integer.BYTES || length > bytes.limit() - TRAILER - offset) {
      throw place.broken("points outside");
    }
    if (bytes.get((int) (offset + length)) != 0) {
      throw place.unsupported("is compressed");
    }
    ByteBuffer block = bytes.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    long restarts = block.getInt((int) length - Integer.BYTES) & 0xffffffffL;
    long end = length - Integer.BYTES * (1 + restarts);
    if (end < 0) {
      throw place.broken("has a block without an end");
    }
    return block.limit((int) end);
  }

  private List<Entry> entries(ByteBuffer block) throws ModelFileException {
    List<Entry> entries = new ArrayList<>();
    byte[] last = {};
    while (block.hasRemaining()) {
      long shared = varint(block);
      long own = varint(block);
      long length = varint(block);
      if (shared < 0
          || shared > last.length
          || own < 0
          || length < 0
          || own > block.remaining()
          || length > block.remaining() - own) {
        throw place.broken("has an entry that ends outside its block");
      }
      if (shared + own > MAX_KEY || ++read > MAX_ENTRIES) {
        throw place.unsupported(
            "has more than %d entries, or names of more than %d bytes"
                .formatted(MAX_ENTRIES, MAX_KEY));
      }
      byte[] key = Arrays.copyOf(last, (int) (shared + own));
      block.get(key, (int) shared, (int) own);
      entries.add(new Entry(key, block.slice(block.position(), (int) length)));
      block.position(block.position() + (int) length);
      last = key;
    }
    return entries;
  }

  private long varint(ByteBuffer bytes) throws ModelFileException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw place.broken("ends within a number");
      }
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw place.broken("has a number without an end");
  }
}
