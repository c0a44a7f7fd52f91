package io.github.trimaran.backend;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import java.util.List;
import java.util.Map;

/**
 * A backend that computes shapes and no values: PyTorch's device {@code meta}. It takes no memory
 * and no time, so that a model can say which shapes it gives before it has weights.
 *
 * <pre>{@code
 * Backend<?> meta = new MetaBackend();
 * Tensor x = Tensor.zeros(meta, Shape.of(8, 3, 224, 224), DType.FLOAT32);
 * System.out.println(x.permute(0, 2, 3, 1).shape()); // [8, 224, 224, 3]
 * }</pre>
 *
 * <p>Reading an array gives zeros.
 */
public final class MetaBackend implements Backend<MetaBackend.Meta> {

  /**
   * An array without values.
   *
   * @param shape its shape
   * @param dtype its element type
   */
  public record Meta(Shape shape, DType dtype) {

    private Meta with(Shape other) {
      return new Meta(other, dtype);
    }

    private Meta with(DType other) {
      return new Meta(shape, other);
    }
  }

  private volatile boolean closed;

  // ---- facts ----------------------------------------------------------------------------------

  @Override
  public BackendInfo info() {
    return new BackendInfo("meta", "none", 1, "shapes only", Map.of());
  }

  /** Always 0: there is nothing to release. */
  @Override
  public long liveArrays() {
    return 0;
  }

  @Override
  public Shape shape(Meta a) {
    return a.shape();
  }

  @Override
  public DType dtype(Meta a) {
    return a.dtype();
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  // ---- create and read ------------------------------------------------------------------------

  @Override
  public Meta fromHost(HostArray values) {
    return new Meta(values.shape(), values.dtype());
  }

  @Override
  public HostArray toHost(Meta a) {
    return HostArray.zeros(a.shape(), a.dtype());
  }

  @Override
  public Meta full(Shape shape, DType dtype, double value) {
    return new Meta(shape, dtype);
  }

  @Override
  public Meta cast(Meta a, DType dtype) {
    return a.with(dtype);
  }

  @Override
  public void release(Meta a) {}

  @Override
  public void sync() {}

  @Override
  public void assign(Meta target, Meta value) {}

  // ---- elementwise ----------------------------------------------------------------------------

  private static Meta binary(Meta a, Meta b) {
    return a.with(Shape.broadcast("meta", a.shape(), b.shape()));
  }

  @Override
  public Meta add(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta sub(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta mul(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta div(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta maximum(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta minimum(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta pow(Meta a, Meta b) {
    return binary(a, b);
  }

  @Override
  public Meta neg(Meta a) {
    return a;
  }

  @Override
  public Meta exp(Meta a) {
    return a;
  }

  @Override
  public Meta log(Meta a) {
    return a;
  }

  @Override
  public Meta sqrt(Meta a) {
    return a;
  }

  @Override
  public Meta sin(Meta a) {
    return a;
  }

  @Override
  public Meta cos(Meta a) {
    return a;
  }

  @Override
  public Meta tanh(Meta a) {
    return a;
  }

  @Override
  public Meta erf(Meta a) {
    return a;
  }

  @Override
  public Meta abs(Meta a) {
    return a;
  }

  @Override
  public Meta sign(Meta a) {
    return a;
  }

  // ---- compare and select ---------------------------------------------------------------------

  private static Meta comparison(Meta a, Meta b) {
    return binary(a, b).with(DType.BOOL);
  }

  @Override
  public Meta greater(Meta a, Meta b) {
    return comparison(a, b);
  }

  @Override
  public Meta greaterEqual(Meta a, Meta b) {
    return comparison(a, b);
  }

  @Override
  public Meta equal(Meta a, Meta b) {
    return comparison(a, b);
  }

  @Override
  public Meta logicalAnd(Meta a, Meta b) {
    return comparison(a, b);
  }

  @Override
  public Meta logicalOr(Meta a, Meta b) {
    return comparison(a, b);
  }

  @Override
  public Meta logicalNot(Meta a) {
    return a;
  }

  @Override
  public Meta where(Meta condition, Meta a, Meta b) {
    return binary(binary(a, b), condition);
  }

  // ---- reduce ---------------------------------------------------------------------------------

  @Override
  public Meta sum(Meta a, int... axes) {
    return a.with(a.shape().without(axes));
  }

  @Override
  public Meta max(Meta a, int... axes) {
    return a.with(a.shape().without(axes));
  }

  @Override
  public Meta argMax(Meta a, int axis) {
    return new Meta(a.shape().without(axis), DType.INT64);
  }

  @Override
  public Meta argSort(Meta a, int axis) {
    return a.with(DType.INT64);
  }

  @Override
  public Meta broadcastTo(Meta a, Shape shape) {
    return a.with(shape);
  }

  // ---- move -----------------------------------------------------------------------------------

  @Override
  public Meta reshape(Meta a, Shape shape) {
    return a.with(shape);
  }

  @Override
  public Meta permute(Meta a, int... axes) {
    int[] extents = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      extents[i] = a.shape().dim(axes[i]);
    }
    return a.with(Shape.of(extents));
  }

  @Override
  public Meta flip(Meta a, int... axes) {
    return a;
  }

  @Override
  public Meta slice(Meta a, int[] start, int[] stop, int[] step) {
    int[] extents = new int[start.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = Shape.stepsBelow(start[i], stop[i], step[i]);
    }
    return a.with(Shape.of(extents));
  }

  @Override
  public Meta pad(Meta a, int[] before, int[] after, int[] interior, double value) {
    int[] extents = a.shape().dims();
    for (int i = 0; i < extents.length; i++) {
      extents[i] += before[i] + after[i] + Math.max(extents[i] - 1, 0) * interior[i];
    }
    return a.with(Shape.of(extents));
  }

  @Override
  public Meta concat(List<Meta> arrays, int axis) {
    int extent = arrays.stream().mapToInt(a -> a.shape().dim(axis)).sum();
    return arrays.get(0).with(arrays.get(0).shape().with(axis, extent));
  }

  // ---- index ----------------------------------------------------------------------------------

  @Override
  public Meta gather(Meta a, int axis, Meta indices) {
    return a.with(indices.shape());
  }

  @Override
  public Meta scatterAdd(Meta values, int axis, Meta indices, int size) {
    return values.with(values.shape().with(axis, size));
  }

  // ---- contract, convolve, pool ---------------------------------------------------------------

  @Override
  public Meta matmul(Meta a, Meta b) {
    int rank = a.shape().rank();
    Shape batch =
        Shape.broadcast(
            "meta",
            a.shape().without(rank - 2, rank - 1),
            b.shape().without(b.shape().rank() - 2, b.shape().rank() - 1));
    int[] extents = java.util.Arrays.copyOf(batch.dims(), batch.rank() + 2);
    extents[batch.rank()] = a.shape().dim(-2);
    extents[batch.rank() + 1] = b.shape().dim(-1);
    return a.with(Shape.of(extents));
  }

  @Override
  public Meta conv2d(Meta input, Meta weight, Conv2dGeometry geometry) {
    return input.with(geometry.outputShape(input.shape(), weight.shape()));
  }

  @Override
  public Meta conv2dInputGrad(
      Meta outputGrad, Meta weight, Shape inputShape, Conv2dGeometry geometry) {
    return outputGrad.with(inputShape);
  }

  @Override
  public Meta conv2dWeightGrad(
      Meta input, Meta outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    return input.with(weightShape);
  }

  @Override
  public Meta avgPool2d(Meta input, Pool2dGeometry geometry) {
    return input.with(geometry.outputShape(input.shape()));
  }

  @Override
  public Meta avgPool2dGrad(Meta outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    return outputGrad.with(inputShape);
  }

  @Override
  public Meta maxPool2dIndices(Meta input, Pool2dGeometry geometry) {
    return new Meta(geometry.outputShape(input.shape()), DType.INT64);
  }
}
