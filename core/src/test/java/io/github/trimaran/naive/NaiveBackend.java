package io.github.trimaran.naive;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * All primitives by plain loops over dense arrays; no views, no fused operations, no threads. As
 * long as the interface has methods: one class, so that a backend author reads it from top to end.
 */
public class NaiveBackend implements Backend<NaiveArray> {

  private final AtomicLong live = new AtomicLong();
  private volatile boolean closed;

  /** Counts a result as live. */
  protected final NaiveArray own(HostArray values) {
    live.incrementAndGet();
    return new NaiveArray(values);
  }

  // ---- facts ----------------------------------------------------------------------------------

  @Override
  public BackendInfo info() {
    return new BackendInfo("naive", "this JVM", 1, "plain loops", Map.of());
  }

  @Override
  public String toString() {
    return info().toString();
  }

  @Override
  public boolean computesSamplesAlike() {
    return true;
  }

  @Override
  public long liveArrays() {
    return live.get();
  }

  @Override
  public void close() {
    closed = true;
    live.set(0);
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public Shape shape(NaiveArray a) {
    return a.values().shape();
  }

  @Override
  public DType dtype(NaiveArray a) {
    return a.values().dtype();
  }

  // ---- create and read ------------------------------------------------------------------------

  @Override
  public NaiveArray fromHost(HostArray values) {
    return own(values.to(values.dtype()));
  }

  @Override
  public HostArray toHost(NaiveArray a) {
    return a.values().to(a.values().dtype());
  }

  @Override
  public NaiveArray full(Shape shape, DType dtype, double value) {
    HostArray out = HostArray.zeros(shape, dtype);
    for (int i = 0; i < shape.size(); i++) {
      out.set(i, value);
    }
    return own(out);
  }

  @Override
  public NaiveArray cast(NaiveArray a, DType dtype) {
    return own(a.values().to(dtype));
  }

  @Override
  public void release(NaiveArray a) {
    if (!closed) {
      a.release();
      live.decrementAndGet();
    }
  }

  @Override
  public void sync() {}

  @Override
  public void assign(NaiveArray target, NaiveArray value) {
    for (int i = 0; i < value.values().shape().size(); i++) {
      Loops.copy(value.values(), i, target.values(), i);
    }
  }

  // ---- elementwise ----------------------------------------------------------------------------

  @Override
  public NaiveArray add(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), Double::sum, Long::sum));
  }

  @Override
  public NaiveArray sub(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), (x, y) -> x - y, (x, y) -> x - y));
  }

  @Override
  public NaiveArray mul(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), (x, y) -> x * y, (x, y) -> x * y));
  }

  @Override
  public NaiveArray div(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), (x, y) -> x / y, NaiveBackend::floatsOnly));
  }

  @Override
  public NaiveArray maximum(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), Math::max, Math::max));
  }

  @Override
  public NaiveArray minimum(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), Math::min, Math::min));
  }

  @Override
  public NaiveArray pow(NaiveArray a, NaiveArray b) {
    return own(Loops.zip(a.values(), b.values(), Math::pow, NaiveBackend::floatsOnly));
  }

  private static long floatsOnly(long... operands) {
    throw new UnsupportedOperationException("naive: this operation is for floats only");
  }

  private NaiveArray map(NaiveArray a, DoubleUnaryOperator floats, LongUnaryOperator longs) {
    HostArray values = a.values();
    HostArray out = HostArray.zeros(values.shape(), values.dtype());
    for (int i = 0; i < values.shape().size(); i++) {
      if (values.dtype() == DType.INT64) {
        out.longs()[i] = longs.applyAsLong(values.longs()[i]);
      } else {
        out.set(i, floats.applyAsDouble(values.get(i)));
      }
    }
    return own(out);
  }

  @Override
  public NaiveArray neg(NaiveArray a) {
    return map(a, x -> -x, x -> -x);
  }

  @Override
  public NaiveArray exp(NaiveArray a) {
    return map(a, Math::exp, NaiveBackend::floatsOnly);
  }

  @Override
  public NaiveArray log(NaiveArray a) {
    return map(a, Math::log, NaiveBackend::floatsOnly);
  }

  @Override
  public NaiveArray sqrt(NaiveArray a) {
    return map(a, Math::sqrt, NaiveBackend::floatsOnly);
  }

  @Override
  public NaiveArray sin(NaiveArray a) {
    return map(a, Math::sin, NaiveBackend::floatsOnly);
  }

  @Override
  public NaiveArray cos(NaiveArray a) {
    return map(a, Math::cos, NaiveBackend::floatsOnly);
  }

  @Override
  public NaiveArray tanh(NaiveArray a) {
    return map(a, Math::tanh, NaiveBackend::floatsOnly);
  }

  @Override
  public NaiveArray erf(NaiveArray a) {
    return map(a, NaiveBackend::erf, NaiveBackend::floatsOnly);
  }

  /** Abramowitz and Stegun 7.1.6, all of whose terms have one sign. */
  private static double erf(double x) {
    if (!(Math.abs(x) < 6)) {
      return Math.signum(x);
    }
    double term = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * x;
    double sum = 0;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 1);
    }
    return sum;
  }

  @Override
  public NaiveArray abs(NaiveArray a) {
    return map(a, Math::abs, Math::abs);
  }

  @Override
  public NaiveArray sign(NaiveArray a) {
    return map(a, Math::signum, Long::signum);
  }

  // ---- compare and select ---------------------------------------------------------------------

  @Override
  public NaiveArray greater(NaiveArray a, NaiveArray b) {
    return own(
        Loops.compare(
            a.values(),
            b.values(),
            (x, i, y, j) ->
                x.dtype() == DType.INT64 ? x.longs()[i] > y.longs()[j] : x.get(i) > y.get(j)));
  }

  @Override
  public NaiveArray greaterEqual(NaiveArray a, NaiveArray b) {
    return own(
        Loops.compare(
            a.values(),
            b.values(),
            (x, i, y, j) ->
                x.dtype() == DType.INT64 ? x.longs()[i] >= y.longs()[j] : x.get(i) >= y.get(j)));
  }

  @Override
  public NaiveArray equal(NaiveArray a, NaiveArray b) {
    return own(
        Loops.compare(
            a.values(),
            b.values(),
            (x, i, y, j) ->
                x.dtype() == DType.INT64 ? x.longs()[i] == y.longs()[j] : x.get(i) == y.get(j)));
  }

  @Override
  public NaiveArray logicalAnd(NaiveArray a, NaiveArray b) {
    return own(
        Loops.compare(a.values(), b.values(), (x, i, y, j) -> x.booleans()[i] && y.booleans()[j]));
  }

  @Override
  public NaiveArray logicalOr(NaiveArray a, NaiveArray b) {
    return own(
        Loops.compare(a.values(), b.values(), (x, i, y, j) -> x.booleans()[i] || y.booleans()[j]));
  }

  @Override
  public NaiveArray logicalNot(NaiveArray a) {
    boolean[] out = a.values().booleans().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = !out[i];
    }
    return own(HostArray.of(out, a.values().shape()));
  }

  @Override
  public NaiveArray where(NaiveArray condition, NaiveArray a, NaiveArray b) {
    Shape both = Shape.broadcast("naive", a.values().shape(), b.values().shape());
    Shape shape = Shape.broadcast("naive", condition.values().shape(), both);
    HostArray out = HostArray.zeros(shape, a.values().dtype());
    int[] next = {0};
    Loops.forEach(
        shape,
        index -> {
          int at = Loops.broadcastPosition(condition.values().shape(), index);
          HostArray chosen = (condition.values().booleans()[at] ? a : b).values();
          Loops.copy(chosen, Loops.broadcastPosition(chosen.shape(), index), out, next[0]++);
        });
    return own(out);
  }

  // ---- reduce ---------------------------------------------------------------------------------

  /** The position in a reduced array that an index vector of the whole one falls to. */
  private static int reducedPosition(Shape reduced, int[] axes, int[] index) {
    int[] kept = new int[reduced.rank()];
    int next = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (Arrays.binarySearch(axes, axis) < 0) {
        kept[next++] = index[axis];
      }
    }
    return Loops.position(reduced, kept);
  }

  @Override
  public NaiveArray sum(NaiveArray a, int... axes) {
    HostArray values = a.values();
    Shape shape = values.shape().without(axes);
    double[] sums = new double[shape.size()];
    long[] longSums = new long[shape.size()];
    int[] next = {0};
    Loops.forEach(
        values.shape(),
        index -> {
          int at = reducedPosition(shape, axes, index);
          if (values.dtype() == DType.INT64) {
            longSums[at] += values.longs()[next[0]++];
          } else {
            sums[at] += values.get(next[0]++);
          }
        });
    return own(
        values.dtype() == DType.INT64
            ? HostArray.of(longSums, shape)
            : HostArray.of(sums, shape).to(values.dtype()));
  }

  @Override
  public NaiveArray max(NaiveArray a, int... axes) {
    HostArray values = a.values();
    Shape shape = values.shape().without(axes);
    HostArray out = HostArray.zeros(shape, values.dtype());
    boolean[] begun = new boolean[shape.size()];
    int[] next = {0};
    Loops.forEach(
        values.shape(),
        index -> {
          int from = next[0]++;
          int at = reducedPosition(shape, axes, index);
          if (!begun[at] || beats(values, from, out, at)) {
            begun[at] = true;
            Loops.copy(values, from, out, at);
          }
        });
    return own(out);
  }

  private static boolean beats(HostArray values, int i, HostArray max, int j) {
    return values.dtype() == DType.INT64
        ? values.longs()[i] > max.longs()[j]
        : Windows.beats(values.get(i), max.get(j));
  }

  @Override
  public NaiveArray argMax(NaiveArray a, int axis) {
    HostArray values = a.values();
    Shape shape = values.shape().without(axis);
    long[] out = new long[shape.size()];
    HostArray max = HostArray.zeros(shape, values.dtype());
    int[] next = {0};
    Loops.forEach(
        values.shape(),
        index -> {
          int from = next[0]++;
          int at = reducedPosition(shape, new int[] {axis}, index);
          if (index[axis] == 0 || beats(values, from, max, at)) {
            out[at] = index[axis];
            Loops.copy(values, from, max, at);
          }
        });
    return own(HostArray.of(out, shape));
  }

  @Override
  public NaiveArray argSort(NaiveArray a, int axis) {
    HostArray values = a.values();
    Shape shape = values.shape();
    long[] out = new long[shape.size()];
    int[] next = {0};
    // The place of each element is the number of those that go before it.
    Loops.forEach(
        shape,
        index -> {
          int from = next[0]++;
          int[] other = index.clone();
          int place = 0;
          for (int k = 0; k < shape.dim(axis); k++) {
            other[axis] = k;
            int at = Loops.position(shape, other);
            boolean equal = !beats(values, from, values, at) && !beats(values, at, values, from);
            place += beats(values, from, values, at) || (equal && k < index[axis]) ? 1 : 0;
          }
          other[axis] = place;
          out[Loops.position(shape, other)] = index[axis];
        });
    return own(HostArray.of(out, shape));
  }

  @Override
  public NaiveArray broadcastTo(NaiveArray a, Shape shape) {
    HostArray out = HostArray.zeros(shape, a.values().dtype());
    int[] next = {0};
    Loops.forEach(
        shape,
        index ->
            Loops.copy(
                a.values(), Loops.broadcastPosition(a.values().shape(), index), out, next[0]++));
    return own(out);
  }

  // ---- move -----------------------------------------------------------------------------------

  @Override
  public NaiveArray reshape(NaiveArray a, Shape shape) {
    return own(toHost(a).reshape(shape));
  }

  @Override
  public NaiveArray permute(NaiveArray a, int... axes) {
    int[] extents = new int[axes.length];
    Arrays.setAll(extents, i -> a.values().shape().dim(axes[i]));
    return own(
        Loops.moved(
            a.values(),
            Shape.of(extents),
            index -> {
              int[] source = new int[axes.length];
              for (int i = 0; i < axes.length; i++) {
                source[axes[i]] = index[i];
              }
              return source;
            }));
  }

  @Override
  public NaiveArray flip(NaiveArray a, int... axes) {
    Shape shape = a.values().shape();
    return own(
        Loops.moved(
            a.values(),
            shape,
            index -> {
              int[] source = index.clone();
              for (int axis : axes) {
                source[axis] = shape.dim(axis) - 1 - index[axis];
              }
              return source;
            }));
  }

  @Override
  public NaiveArray slice(NaiveArray a, int[] start, int[] stop, int[] step) {
    int[] extents = new int[start.length];
    Arrays.setAll(extents, i -> Shape.stepsBelow(start[i], stop[i], step[i]));
    return own(
        Loops.moved(
            a.values(),
            Shape.of(extents),
            index -> {
              int[] source = new int[index.length];
              Arrays.setAll(source, i -> start[i] + index[i] * step[i]);
              return source;
            }));
  }

  @Override
  public NaiveArray pad(NaiveArray a, int[] before, int[] after, int[] interior, double value) {
    Shape from = a.values().shape();
    int[] extents = new int[before.length];
    Arrays.setAll(
        extents,
        i -> before[i] + from.dim(i) + Math.max(from.dim(i) - 1, 0) * interior[i] + after[i]);
    NaiveArray out = full(Shape.of(extents), a.values().dtype(), value);
    int[] next = {0};
    Loops.forEach(
        from,
        index -> {
          int[] target = new int[index.length];
          Arrays.setAll(target, i -> before[i] + index[i] * (interior[i] + 1));
          int to = Loops.position(out.values().shape(), target);
          Loops.copy(a.values(), next[0]++, out.values(), to);
        });
    return out;
  }

  @Override
  public NaiveArray concat(List<NaiveArray> arrays, int axis) {
    int extent = 0;
    for (NaiveArray array : arrays) {
      extent += array.values().shape().dim(axis);
    }
    HostArray first = arrays.get(0).values();
    HostArray out = HostArray.zeros(first.shape().with(axis, extent), first.dtype());
    int offset = 0;
    for (NaiveArray array : arrays) {
      int from = offset;
      int[] next = {0};
      Loops.forEach(
          array.values().shape(),
          index -> {
            int[] target = index.clone();
            target[axis] += from;
            Loops.copy(array.values(), next[0]++, out, Loops.position(out.shape(), target));
          });
      offset += array.values().shape().dim(axis);
    }
    return own(out);
  }

  // ---- index ----------------------------------------------------------------------------------

  @Override
  public NaiveArray gather(NaiveArray a, int axis, NaiveArray indices) {
    int[] next = {0};
    return own(
        Loops.moved(
            a.values(),
            indices.values().shape(),
            index -> {
              int[] source = index.clone();
              source[axis] =
                  Math.toIntExact(
                      java.util.Objects.checkIndex(
                          indices.values().longs()[next[0]++],
                          (long) a.values().shape().dim(axis)));
              return source;
            }));
  }

  @Override
  public NaiveArray scatterAdd(NaiveArray values, int axis, NaiveArray indices, int size) {
    HostArray from = values.values();
    Shape shape = from.shape().with(axis, size);
    double[] sums = new double[shape.size()];
    long[] longSums = new long[shape.size()];
    int[] next = {0};
    Loops.forEach(
        from.shape(),
        index -> {
          int at = next[0]++;
          int[] target = index.clone();
          target[axis] =
              Math.toIntExact(
                  java.util.Objects.checkIndex(indices.values().longs()[at], (long) size));
          int to = Loops.position(shape, target);
          if (from.dtype() == DType.INT64) {
            longSums[to] += from.longs()[at];
          } else {
            sums[to] += from.get(at);
          }
        });
    return own(
        from.dtype() == DType.INT64
            ? HostArray.of(longSums, shape)
            : HostArray.of(sums, shape).to(from.dtype()));
  }

  // ---- contract -------------------------------------------------------------------------------

  @Override
  public NaiveArray matmul(NaiveArray a, NaiveArray b) {
    Shape left = a.values().shape();
    Shape right = b.values().shape();
    int rows = left.dim(-2);
    int inner = left.dim(-1);
    int columns = right.dim(-1);
    Shape leftBatch = left.without(left.rank() - 2, left.rank() - 1);
    Shape rightBatch = right.without(right.rank() - 2, right.rank() - 1);
    Shape batch = Shape.broadcast("naive", leftBatch, rightBatch);
    int[] extents = Arrays.copyOf(batch.dims(), batch.rank() + 2);
    extents[batch.rank()] = rows;
    extents[batch.rank() + 1] = columns;
    HostArray out = HostArray.zeros(Shape.of(extents), a.values().dtype());
    int[] next = {0};
    Loops.forEach(
        batch,
        index -> {
          int leftFrom = Loops.broadcastPosition(leftBatch, index) * rows * inner;
          int rightFrom = Loops.broadcastPosition(rightBatch, index) * inner * columns;
          for (int m = 0; m < rows; m++) {
            for (int n = 0; n < columns; n++) {
              double sum = 0;
              for (int k = 0; k < inner; k++) {
                sum +=
                    a.values().get(leftFrom + m * inner + k)
                        * b.values().get(rightFrom + k * columns + n);
              }
              out.set(next[0]++, sum);
            }
          }
        });
    return own(out);
  }

  // ---- convolve and pool ----------------------------------------------------------------------

  @Override
  public NaiveArray conv2d(NaiveArray input, NaiveArray weight, Conv2dGeometry geometry) {
    return own(Windows.conv2d(input.values(), weight.values(), geometry));
  }

  @Override
  public NaiveArray conv2dInputGrad(
      NaiveArray outputGrad, NaiveArray weight, Shape inputShape, Conv2dGeometry geometry) {
    return own(Windows.conv2dInputGrad(outputGrad.values(), weight.values(), inputShape, geometry));
  }

  @Override
  public NaiveArray conv2dWeightGrad(
      NaiveArray input, NaiveArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    return own(
        Windows.conv2dWeightGrad(input.values(), outputGrad.values(), weightShape, geometry));
  }

  @Override
  public NaiveArray avgPool2d(NaiveArray input, Pool2dGeometry geometry) {
    return own(Windows.avgPool2d(input.values(), geometry));
  }

  @Override
  public NaiveArray avgPool2dGrad(
      NaiveArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    return own(Windows.avgPool2dGrad(outputGrad.values(), inputShape, geometry));
  }

  @Override
  public NaiveArray maxPool2dIndices(NaiveArray input, Pool2dGeometry geometry) {
    return own(Windows.maxPool2dIndices(input.values(), geometry));
  }
}
