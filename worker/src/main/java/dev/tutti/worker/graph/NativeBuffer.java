package dev.tutti.worker.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;

/** The memory of a tensor as an NIO buffer, for copies at memory speed. */
public final class NativeBuffer {
  private NativeBuffer() {}

  /**
   * A view of the tensor's bytes in native order. It must not be touched after the tensor is
   * closed.
   */
  public static ByteBuffer of(Tensor tensor) {
    return tensor.asRawTensor().data().accept(new Storage()).order(ByteOrder.nativeOrder());
  }

  private static final class Storage implements DataStorageVisitor<ByteBuffer> {
    @Override
    public ByteBuffer visit(ByteBuffer buffer) {
      return buffer.duplicate();
    }

    @Override
    public ByteBuffer visit(long address, long length, long scale) {
      return new View(address, length * scale).asByteBuffer();
    }

    @Override
    public ByteBuffer fallback() {
      throw new IllegalStateException("the tensor's memory is neither native nor a byte buffer");
    }
  }

  /** A pointer to memory that the tensor owns: it frees nothing. */
  private static final class View extends BytePointer {
    View(long address, long bytes) {
      this.address = address;
      this.limit = bytes;
      this.capacity = bytes;
    }
  }
}
