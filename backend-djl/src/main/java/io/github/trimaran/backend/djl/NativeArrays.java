package io.github.trimaran.backend.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns the native arrays of one backend: makes, reads, counts and releases them. All belong to one
 * DJL manager, to which DJL attaches the result of an operation on any of them too, so that none
 * can outlive its owner or be closed by another's.
 */
final class NativeArrays {

  private final PtNDManager manager;
  private final Device device;
  private final AtomicLong live = new AtomicLong();
  private volatile boolean closed;

  NativeArrays(PtNDManager manager) {
    this.manager = manager;
    this.device = manager.getDevice();
  }

  /** Arrays that went to the caller and were not released; none when closed. */
  long live() {
    return closed ? 0 : live.get();
  }

  /** Frees all arrays. */
  void close() {
    closed = true;
    manager.close();
  }

  boolean isClosed() {
    return closed;
  }

  /** An operand, for a native call; prepares the calling thread for it. */
  static PtNDArray pt(NDArray array) {
    PyTorch.enter();
    return (PtNDArray) array;
  }

  /** Counts an array that goes to the caller. */
  NDArray own(PtNDArray result) {
    live.incrementAndGet();
    return result;
  }

  /** Gives an array back; when closed, does nothing. */
  void release(NDArray array) {
    if (closed) {
      return;
    }
    live.decrementAndGet();
    array.close();
  }

  static Shape shape(NDArray array) {
    long[] extents = array.getShape().getShape();
    int[] dims = new int[extents.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.toIntExact(extents[i]);
    }
    return Shape.of(dims);
  }

  /** In mixed precision some FLOAT32 arrays are bfloat16 inside, which DJL has no name for. */
  static DType dtype(NDArray array) {
    DataType type = array.getDataType();
    return switch (type) {
      case FLOAT32, UNKNOWN -> DType.FLOAT32;
      case FLOAT64 -> DType.FLOAT64;
      case INT64 -> DType.INT64;
      case BOOLEAN -> DType.BOOL;
      default -> throw new IllegalStateException("djl: array of foreign type " + type);
    };
  }

  static DataType dataType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case INT64 -> DataType.INT64;
      case BOOL -> DataType.BOOLEAN;
    };
  }

  static long[] longs(Shape shape) {
    return longs(shape.dims());
  }

  static long[] longs(int... values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      longs[i] = values[i];
    }
    return longs;
  }

  NDArray full(Shape shape, DType dtype, double value) {
    PyTorch.enter();
    double fill = dtype == DType.BOOL && value != 0 ? 1 : value;
    return own(
        JniUtils.full(manager, djl(shape), fill, dataType(dtype), device, SparseFormat.DENSE));
  }

  private static ai.djl.ndarray.types.Shape djl(Shape shape) {
    return new ai.djl.ndarray.types.Shape(longs(shape));
  }

  /** Copies the values once, straight into the native memory. */
  NDArray fromHost(HostArray values, TorchScript aten) {
    PyTorch.enter();
    PtNDArray array =
        JniUtils.createEmptyNdArray(
            manager,
            djl(values.shape()),
            dataType(values.dtype()),
            Device.cpu(),
            SparseFormat.DENSE);
    if (!values.shape().isEmpty()) {
      write(values, array.toByteBuffer(true));
    }
    if (device.equals(Device.cpu())) {
      return own(array);
    }
    try (array) {
      return own(aten.call("to_device", array, "cuda:" + device.getDeviceId()));
    }
  }

  private static void write(HostArray values, ByteBuffer memory) {
    switch (values.dtype()) {
      case FLOAT32 -> memory.asFloatBuffer().put(values.floats());
      case FLOAT64 -> memory.asDoubleBuffer().put(values.doubles());
      case INT64 -> memory.asLongBuffer().put(values.longs());
      case BOOL -> {
        for (boolean truth : values.booleans()) {
          memory.put((byte) (truth ? 1 : 0));
        }
      }
    }
  }

  /** Copies the values once, straight from the native memory where that is dense. */
  HostArray toHost(NDArray array, TorchScript aten) {
    HostArray values = HostArray.zeros(shape(array), dtype(array));
    if (values.shape().isEmpty()) {
      return values;
    }
    try (PtNDArray dense = aten.call("dense_on_host", array)) {
      read(dense.toByteBuffer(true), values);
    }
    return values;
  }

  private static void read(ByteBuffer memory, HostArray values) {
    switch (values.dtype()) {
      case FLOAT32 -> memory.asFloatBuffer().get(values.floats());
      case FLOAT64 -> memory.asDoubleBuffer().get(values.doubles());
      case INT64 -> memory.asLongBuffer().get(values.longs());
      case BOOL -> {
        boolean[] truths = values.booleans();
        for (int i = 0; i < truths.length; i++) {
          truths[i] = memory.get(i) != 0;
        }
      }
    }
  }
}
