package dev.tutti.server.grpc.call;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.ServingException;
import dev.tutti.server.error.TooLargeException;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads requests. What is too long, malformed or made to cost more memory than it has bytes becomes
 * a refusal rather than an exception, which gRPC would answer with UNKNOWN and log as a fault of
 * ours.
 */
final class RequestMarshaller<Q> implements Marshaller<Received<Q>> {
  private final Marshaller<Q> plain;
  private final Message prototype;
  private final int maxBytes;

  /**
   * @param plain the method's own, made by protobuf's generator
   * @param maxBytes the longest message that is accepted, uncompressed
   */
  RequestMarshaller(Marshaller<Q> plain, int maxBytes) {
    this.plain = plain;
    this.prototype = (Message) ((PrototypeMarshaller<Q>) plain).getMessagePrototype();
    this.maxBytes = maxBytes;
  }

  @Override
  public InputStream stream(Received<Q> received) {
    return plain.stream(received.message());
  }

  @Override
  public Received<Q> parse(InputStream stream) {
    try {
      byte[] bytes = read(stream);
      WireCheck.check(bytes, prototype.getDescriptorForType());
      return Received.of(message(bytes), bytes.length);
    } catch (ServingException e) {
      return Received.refused(e);
    } catch (StatusRuntimeException e) {
      // A compressed message that grows beyond the transport's limit.
      return Received.refused(tooLarge(maxBytes));
    } catch (IOException e) {
      return Received.refused(
          new InvalidInputException(
              "message",
              "The bytes are not a valid "
                  + prototype.getDescriptorForType().getFullName()
                  + ": "
                  + e.getMessage(),
              e));
    }
  }

  static TooLargeException tooLarge(int maxBytes) {
    return new TooLargeException(
        "The message is longer than "
            + maxBytes
            + " bytes, which is the most that is accepted (setting server.max-message-bytes).");
  }

  private byte[] read(InputStream stream) throws IOException {
    // Of a message that is not compressed the length is known, and it is copied once.
    int known = stream instanceof KnownLength ? stream.available() : 0;
    if (known > maxBytes) {
      throw tooLarge(maxBytes);
    }
    byte[] bytes = stream.readNBytes(known > 0 ? known : maxBytes);
    if (stream.read() >= 0) {
      throw tooLarge(maxBytes);
    }
    return bytes;
  }

  @SuppressWarnings("unchecked")
  private Q message(byte[] bytes) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    input.enableAliasing(true);
    Message message = prototype.getParserForType().parseFrom(input);
    input.checkLastTagWas(0);
    return (Q) message;
  }
}
