package dev.tutti.worker.training.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that a training needs to go on as if it had never stopped. Random numbers are drawn
 * from the step's number and need no state of their own.
 *
 * @param plan tells trainings apart that cannot go on from each other
 * @param step steps done
 * @param trainedNanos time spent on them
 * @param bestValue of the best evaluation so far; negative before the first
 * @param variables by name
 */
record Checkpoint(
    String plan, long step, long trainedNanos, double bestValue, Map<String, float[]> variables) {
  private static final long MAGIC = 0x5455545449434b31L;
  private static final int LONGEST = 1 << 26;

  /** Writes the file; at no moment is there a half-written one under its name. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try (FileOutputStream bytes = new FileOutputStream(draft.toFile());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes, 1 << 16))) {
      out.writeLong(MAGIC);
      out.writeUTF(plan);
      out.writeLong(step);
      out.writeLong(trainedNanos);
      out.writeDouble(bestValue);
      out.writeInt(variables.size());
      for (Map.Entry<String, float[]> variable : variables.entrySet()) {
        float[] numbers = variable.getValue();
        out.writeUTF(variable.getKey());
        out.writeInt(numbers.length);
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Float.BYTES);
        buffer.asFloatBuffer().put(numbers);
        out.write(buffer.array());
      }
      out.flush();
      bytes.getFD().sync();
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a file.
   *
   * @throws IOException where it is no checkpoint, or damaged
   */
  static Checkpoint read(Path file) throws IOException {
    long left = Files.size(file);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readLong() != MAGIC) {
        throw new IOException(file + " is not the checkpoint of a training");
      }
      String plan = in.readUTF();
      long step = in.readLong();
      long nanos = in.readLong();
      double best = in.readDouble();
      Map<String, float[]> variables = new LinkedHashMap<>();
      for (int count = in.readInt(); count > 0; count--) {
        String name = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > LONGEST || length > left / Float.BYTES) {
          throw new IOException(file + " is damaged at variable " + name);
        }
        byte[] bytes = new byte[length * Float.BYTES];
        in.readFully(bytes);
        float[] numbers = new float[length];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
        variables.put(name, numbers);
      }
      return new Checkpoint(plan, step, nanos, best, variables);
    } catch (EOFException e) {
      throw new IOException(file + " is a checkpoint that ends too early", e);
    }
  }
}
