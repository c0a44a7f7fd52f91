package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.CustomOpDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueContext;
import org.nd4j.nativeblas.OpaqueDataBuffer;

/**
 * Calls ND4J's native operations on our memory, below its Java arrays: no workspace, no finalizer
 * and no reference queue takes part, and everything a call allocates is gone when it returns.
 */
final class Libnd4j {

  /** An operand or result: an address and what lies there. */
  record View(Pointer address, Shape shape, DType dtype) {

    static View of(Nd4jArray array) {
      return new View(array.pointer(0), array.shape(), array.dtype());
    }

    /** The elements from a row-major position, under that shape. */
    static View of(Nd4jArray array, long start, Shape shape) {
      return new View(array.pointer(start), shape, array.dtype());
    }
  }

  private record Layout(Shape shape, DType dtype) {}

  private final NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
  private final Map<String, CustomOpDescriptor> descriptors =
      Nd4j.getExecutioner().getCustomOperations();
  private final Map<Layout, DataBuffer> shapes = new ConcurrentHashMap<>();
  private final ThreadLocal<Boolean> prepared =
      ThreadLocal.withInitial(
          () -> {
            ops.setOmpNumThreads(1);
            return true;
          });

  /**
   * Runs the operation of that name.
   *
   * @param floats its floating-point arguments
   * @param integers its integer arguments
   */
  void execute(
      String name, List<View> inputs, List<View> outputs, double[] floats, long... integers) {
    prepared.get();
    OpaqueContext context = ops.createGraphContext(1);
    try (DoublePointer floatArguments = new DoublePointer(floats);
        LongPointer integerArguments = new LongPointer(integers)) {
      for (int i = 0; i < inputs.size(); i++) {
        View view = inputs.get(i);
        ops.setGraphContextInputArray(context, i, view.address(), shapeInfo(view), null, null);
      }
      for (int i = 0; i < outputs.size(); i++) {
        View view = outputs.get(i);
        ops.setGraphContextOutputArray(context, i, view.address(), shapeInfo(view), null, null);
      }
      if (floats.length > 0) {
        ops.setGraphContextTArguments(context, floatArguments, floats.length);
      }
      if (integers.length > 0) {
        ops.setGraphContextIArguments(context, integerArguments, integers.length);
      }
      int status = ops.execCustomOp2(null, descriptors.get(name).getHash(), context);
      check(name);
      if (status != 0) {
        throw new IllegalStateException("nd4j: " + name + " failed with status " + status);
      }
    } finally {
      ops.deleteGraphContext(context);
    }
  }

  /** {@code result = f(a)} for a function that keeps the type; {@code number} is ND4J's of f. */
  void transformSame(int number, View a, View result) {
    transform(
        a,
        result,
        (x, z) ->
            ops.execTransformSame(
                null, number, x, shapeInfo(a), null, z, shapeInfo(result), null, null));
  }

  /** {@code result = f(a)} for a function of floats. */
  void transformStrict(int number, View a, View result) {
    transform(
        a,
        result,
        (x, z) ->
            ops.execTransformStrict(
                null, number, x, shapeInfo(a), null, z, shapeInfo(result), null, null));
  }

  /** {@code result = f(a)} for a function whose result is floating. */
  void transformFloat(int number, View a, View result) {
    transform(
        a,
        result,
        (x, z) ->
            ops.execTransformFloat(
                null, number, x, shapeInfo(a), null, z, shapeInfo(result), null, null));
  }

  private interface Transform {
    void run(OpaqueDataBuffer a, OpaqueDataBuffer result);
  }

  private void transform(View a, View result, Transform transform) {
    prepared.get();
    OpaqueDataBuffer x = wrap(a);
    OpaqueDataBuffer z = wrap(result);
    try {
      transform.run(x, z);
      check("transform");
    } finally {
      ops.deleteDataBuffer(z);
      ops.deleteDataBuffer(x);
    }
  }

  private OpaqueDataBuffer wrap(View view) {
    return ops.dbCreateExternalDataBuffer(
        view.shape().size(), dataType(view.dtype()).toInt(), view.address(), null);
  }

  private LongPointer shapeInfo(View view) {
    return (LongPointer)
        shapes
            .computeIfAbsent(new Layout(view.shape(), view.dtype()), this::describe)
            .addressPointer();
  }

  private DataBuffer describe(Layout layout) {
    int[] extents = layout.shape().dims();
    int[] steps = layout.shape().strides();
    long[] shape = new long[extents.length];
    long[] strides = new long[extents.length];
    for (int i = 0; i < extents.length; i++) {
      shape[i] = extents[i];
      strides[i] = steps[i];
    }
    return Nd4j.getShapeInfoProvider()
        .createShapeInformation(shape, strides, 1, 'c', dataType(layout.dtype()), false)
        .getFirst();
  }

  private void check(String name) {
    if (ops.lastErrorCode() != 0) {
      throw new IllegalStateException("nd4j: " + name + " failed: " + ops.lastErrorMessage());
    }
  }

  static DataType dataType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> DataType.FLOAT;
      case FLOAT64 -> DataType.DOUBLE;
      case INT64 -> DataType.INT64;
      case BOOL -> DataType.BOOL;
    };
  }
}
