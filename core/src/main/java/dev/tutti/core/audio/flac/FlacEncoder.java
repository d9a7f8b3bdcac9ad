package dev.tutti.core.audio.flac;

import dev.tutti.core.audio.AudioClip;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Encodes mono audio as FLAC (RFC 9639) of 16 bits: fixed predictors and one Rice parameter a
 * partition. About a fifth larger than what the reference encoder makes of notes, and as exact.
 */
public final class FlacEncoder {
  private static final int DEPTH = 16;
  private static final int BLOCK = 4096;
  private static final int PARTITION_ORDER = 3;
  private static final int SYNC_FIXED_BLOCK = 0xFFF8;
  private static final int LAST_STREAM_INFO = 0x80;
  private static final int STREAM_INFO_SIZE = 34;

  private FlacEncoder() {}

  /**
   * The file of a clip. Samples are rounded to 16 bits, those beyond full scale cut to it.
   *
   * @param clip of at least one sample
   */
  public static byte[] encode(AudioClip clip) {
    int[] samples = new int[clip.length()];
    for (int i = 0; i < samples.length; i++) {
      long rounded = Math.round(clip.samples()[i] * 32768.0);
      samples[i] = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream(samples.length);
    file.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(streamInfo(samples, clip.sampleRate()));
    for (int start = 0, number = 0; start < samples.length; start += BLOCK, number++) {
      int end = Math.min(samples.length, start + BLOCK);
      file.writeBytes(frame(Arrays.copyOfRange(samples, start, end), number));
    }
    return file.toByteArray();
  }

  private static byte[] streamInfo(int[] samples, int sampleRate) {
    FlacBitWriter bits = new FlacBitWriter();
    bits.unsigned(LAST_STREAM_INFO, 8);
    bits.unsigned(STREAM_INFO_SIZE, 24);
    bits.unsigned(BLOCK, 16);
    bits.unsigned(BLOCK, 16);
    bits.unsigned(0, 48); // frame sizes: unknown
    bits.unsigned(sampleRate, 20);
    bits.unsigned(0, 3); // channels - 1
    bits.unsigned(DEPTH - 1, 5);
    bits.unsigned(samples.length, 36);
    for (byte part : md5(samples)) {
      bits.unsigned(part & 0xFF, 8);
    }
    return bits.toByteArray();
  }

  /** The format demands this digest of the samples, to find damage; it protects nothing. */
  private static byte[] md5(int[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample : samples) {
      bytes.putShort((short) sample);
    }
    try {
      return MessageDigest.getInstance("MD5").digest(bytes.array());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }

  private static byte[] frame(int[] block, int number) {
    FlacBitWriter bits = new FlacBitWriter();
    bits.unsigned(SYNC_FIXED_BLOCK, 16);
    bits.unsigned(0x70, 8); // block size in 16 bits, sample rate as in the stream's header
    bits.unsigned(0x08, 8); // one channel, 16 bits
    bits.utf8(number);
    bits.unsigned(block.length - 1, 16);
    bits.crc8();
    subframe(block, bits);
    bits.fillByte();
    bits.crc16();
    return bits.toByteArray();
  }

  private static void subframe(int[] block, FlacBitWriter bits) {
    if (Arrays.stream(block).allMatch(sample -> sample == block[0])) {
      bits.unsigned(0, 8);
      bits.signed(block[0], DEPTH);
      return;
    }
    int[] best = block;
    int order = 0;
    int[] residual = block;
    for (int next = 1; next <= Math.min(4, block.length - 1); next++) {
      residual = differences(residual, next);
      if (size(residual, next) < size(best, order)) {
        best = residual;
        order = next;
      }
    }
    bits.unsigned((8 + order) << 1, 8);
    for (int i = 0; i < order; i++) {
      bits.signed(block[i], DEPTH);
    }
    residual(best, order, bits);
  }

  /**
   * What remains of the predictor of the next order; the first {@code order} places mean nothing.
   */
  private static int[] differences(int[] values, int order) {
    int[] differences = new int[values.length];
    for (int i = order; i < values.length; i++) {
      differences[i] = values[i] - values[i - 1];
    }
    return differences;
  }

  private static long size(int[] residual, int order) {
    long sum = 0;
    for (int i = Math.max(order, 4); i < residual.length; i++) {
      sum += Math.abs(residual[i]);
    }
    return sum;
  }

  private static void residual(int[] residual, int order, FlacBitWriter bits) {
    int partitions = residual.length == BLOCK ? 1 << PARTITION_ORDER : 1;
    int length = residual.length / partitions;
    bits.unsigned(0, 2); // parameters of four bits
    bits.unsigned(partitions == 1 ? 0 : PARTITION_ORDER, 4);
    for (int p = 0; p < partitions; p++) {
      int start = p == 0 ? order : p * length;
      partition(residual, start, (p + 1) * length, bits);
    }
  }

  private static void partition(int[] residual, int start, int end, FlacBitWriter bits) {
    long sum = 0;
    for (int i = start; i < end; i++) {
      sum += folded(residual[i]);
    }
    long mean = sum / Math.max(1, end - start);
    int parameter = Math.min(14, Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(mean | 1)));
    bits.unsigned(parameter, 4);
    for (int i = start; i < end; i++) {
      bits.rice(folded(residual[i]), parameter);
    }
  }

  /** 0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ... */
  private static long folded(int value) {
    return Integer.toUnsignedLong((value << 1) ^ (value >> 31));
  }
}
