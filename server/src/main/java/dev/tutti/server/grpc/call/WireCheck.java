package dev.tutti.server.grpc.call;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.tutti.server.error.InvalidInputException;
import java.io.IOException;

/**
 * Walks over an encoded message before it is parsed and counts what would become objects. Two bytes
 * on the wire, an empty submessage, are some hundred in memory: a message of 16 MiB could take a
 * gigabyte and a minute to parse.
 */
final class WireCheck {
  /** More than any message of the API needs. */
  static final int MAX_ELEMENTS = 1 << 16;

  /** As deep as the parser goes, which then refuses on its own account. */
  private static final int MAX_DEPTH = 100;

  private final CodedInputStream input;
  private int elements;

  private WireCheck(CodedInputStream input) {
    this.input = input;
  }

  /**
   * Counts fields, and elements of packed lists, at all depths.
   *
   * @throws InvalidInputException where there are more than {@link #MAX_ELEMENTS}
   * @throws IOException where the bytes are not a message
   */
  static void check(byte[] message, Descriptor type) throws IOException {
    new WireCheck(CodedInputStream.newInstance(message)).message(type, 0);
  }

  /**
   * @param type null where it is not known
   */
  private void message(Descriptor type, int depth) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      count();
      int wireType = WireFormat.getTagWireType(tag);
      FieldDescriptor field =
          type == null ? null : type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (wireType == WireFormat.WIRETYPE_END_GROUP) {
        return;
      }
      if (depth < MAX_DEPTH && wireType == WireFormat.WIRETYPE_START_GROUP) {
        message(null, depth + 1);
      } else if (depth < MAX_DEPTH && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        delimited(field, depth);
      } else {
        input.skipField(tag);
      }
    }
  }

  private void delimited(FieldDescriptor field, int depth) throws IOException {
    int length = input.readRawVarint32();
    boolean message = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (!message && (field == null || !field.isPackable())) {
      input.skipRawBytes(length);
      return;
    }
    int outer = input.pushLimit(length);
    if (message) {
      message(field.getMessageType(), depth + 1);
    } else {
      packed(field);
    }
    input.skipRawBytes(input.getBytesUntilLimit());
    input.popLimit(outer);
  }

  private void packed(FieldDescriptor field) throws IOException {
    int width = fixedWidth(field);
    while (!input.isAtEnd()) {
      count();
      if (width == 0) {
        input.readRawVarint64();
      } else {
        input.skipRawBytes(width);
      }
    }
  }

  /** Bytes of an element; zero for varints. */
  private static int fixedWidth(FieldDescriptor field) {
    return switch (field.getType()) {
      case FLOAT, FIXED32, SFIXED32 -> Float.BYTES;
      case DOUBLE, FIXED64, SFIXED64 -> Double.BYTES;
      default -> 0;
    };
  }

  private void count() {
    if (++elements > MAX_ELEMENTS) {
      throw new InvalidInputException(
          "message",
          "The message has more than "
              + MAX_ELEMENTS
              + " fields and list elements, which is the most that is accepted.");
    }
  }
}
