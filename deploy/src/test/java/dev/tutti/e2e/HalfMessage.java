package dev.tutti.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A connection that begins a call by HTTP/2 (RFC 9113), announces a message and sends as much of it
 * as the server lets it, but never all.
 */
final class HalfMessage implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int WINDOW_SETTING = 4;
  private static final int FRAME = 16_384;
  private static final int FIRST_WINDOW = 65_535;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int connectionWindow = FIRST_WINDOW;
  private int streamWindow = FIRST_WINDOW;

  HalfMessage(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    out.flush();
  }

  /**
   * Begins a call.
   *
   * @param method with its service
   * @param announced bytes of the message
   * @return how many of them were sent
   */
  int send(String method, int announced) throws IOException {
    readUntilAcknowledged();
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    Map.of(":method", "POST", ":scheme", "http", ":path", "/" + method, ":authority", "localhost")
        .forEach((name, value) -> field(fields, name, value));
    field(fields, "content-type", "application/grpc");
    field(fields, "te", "trailers");
    frame(HEADERS, END_HEADERS, 1, fields.toByteArray());
    int sent = Math.min(Math.min(connectionWindow, streamWindow), announced) - 1;
    for (int at = 0; at < sent; at += FRAME) {
      byte[] part = new byte[Math.min(FRAME, sent - at)];
      if (at == 0) {
        // The message's prefix: not compressed, and how long it is.
        for (int i = 0; i < 4; i++) {
          part[1 + i] = (byte) (announced >>> (24 - 8 * i));
        }
      }
      frame(DATA, 0, 1, part);
    }
    out.flush();
    return sent;
  }

  private void readUntilAcknowledged() throws IOException {
    boolean acknowledged = false;
    while (!acknowledged) {
      int head = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] body = in.readNBytes(head >>> 8);
      int type = head & 0xFF;
      acknowledged = type == SETTINGS && flags == ACK;
      if (type == WINDOW_UPDATE && stream == 0) {
        connectionWindow += number(body, 0);
      }
      for (int at = 0; type == SETTINGS && at + 6 <= body.length; at += 6) {
        if (body[at + 1] == WINDOW_SETTING) {
          streamWindow = number(body, at + 2);
        }
      }
    }
    frame(SETTINGS, ACK, 0, new byte[0]);
  }

  private static int number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  /** A field that no table holds (RFC 7541, 6.2.2). */
  private static void field(ByteArrayOutputStream fields, String name, String value) {
    fields.write(0);
    for (String text : new String[] {name, value}) {
      fields.write(text.length());
      fields.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void frame(int type, int flags, int stream, byte[] body) throws IOException {
    out.writeInt((body.length << 8) | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
