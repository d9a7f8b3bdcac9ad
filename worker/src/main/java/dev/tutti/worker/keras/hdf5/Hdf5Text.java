package dev.tutti.worker.keras.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.dataset.VariableLengthDatasetReader;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads text attributes. Their bytes are UTF-8 whatever the file says: h5py calls the bytes that
 * Keras gives it ASCII, and jHDF would take it at its word.
 */
final class Hdf5Text {
  private final HdfBackingStorage storage;

  Hdf5Text(HdfBackingStorage storage) {
    this.storage = storage;
  }

  /** The texts of an attribute in order, one where it is no array; empty where it holds no text. */
  Optional<List<String>> read(Attribute attribute) {
    DataType type = attribute.getDataType();
    if (type instanceof StringData fixed) {
      return Optional.of(fixed(attribute.getBuffer(), fixed));
    }
    if (type instanceof VariableLength variable && variable.isVariableLengthString()) {
      int count = Math.toIntExact(attribute.getSize());
      Object texts =
          VariableLengthDatasetReader.readDataset(
              utf8(variable), attribute.getBuffer(), new int[] {count}, storage);
      List<String> read = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        read.add((String) Array.get(texts, i));
      }
      return Optional.of(read);
    }
    return Optional.empty();
  }

  private static List<String> fixed(ByteBuffer bytes, StringData type) {
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < bytes.limit(); from += type.getSize()) {
      ByteBuffer text = bytes.slice(from, type.getSize());
      type.getStringPaddingHandler().setBufferLimit(text);
      texts.add(StandardCharsets.UTF_8.decode(text).toString());
    }
    return texts;
  }

  /** The same type with another character set: its description in a file, made anew. */
  private static VariableLength utf8(VariableLength type) {
    ByteBuffer description = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    description.put((byte) 0x19).put((byte) 1).put((byte) 1).put((byte) 0).putInt(type.getSize());
    description.put((byte) 0x13).put((byte) 0).putShort((short) 0).putInt(1);
    return (VariableLength) DataType.readDataType(description.flip());
  }
}
