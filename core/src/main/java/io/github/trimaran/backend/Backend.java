package io.github.trimaran.backend;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import java.util.List;

/**
 * What computes: the seam between Trimaran and an array library.
 *
 * <p>{@code A} is the backend's own array type. A backend author implements these methods on a type
 * they know and extends the conformance suite; everything else (broadcast checks, autograd, layers,
 * training) stands above this seam and is the same for all backends.
 *
 * <p><b>Contract.</b>
 *
 * <ul>
 *   <li>Arguments are valid: {@code core} has checked shapes, dtypes, axes and ranges. Axes count
 *       from 0, several ascend. The one exception are index values, which only the backend sees:
 *       one out of range is an {@link IndexOutOfBoundsException}.
 *   <li>Operands of one operation have one dtype. There is no promotion.
 *   <li>Results are new arrays, owned by the caller and given back with {@link #release}. Those of
 *       {@link #reshape}, {@link #permute}, {@link #flip}, {@link #slice} and {@link #broadcastTo}
 *       may share memory with the operand (views), no others; each is released on its own, in any
 *       order.
 *   <li>Only {@link #assign} and the {@code *Update} operations change an array. {@code core} never
 *       has an array changed that might share memory with another, so views need no care.
 *   <li>Results do not depend on the number of threads. Where the library underneath sums in an
 *       order of its own, they agree to rounding, and the backend's javadoc names the operations.
 *   <li>All methods but {@link #close} may be called from several threads at once, and {@link
 *       #release} from a thread of the garbage collector.
 *   <li>Empty arrays (an extent of 0) and 0-d arrays are valid wherever the operation makes sense.
 *   <li>NaN propagates through arithmetic and through {@code maximum}, {@code minimum}, {@code max}
 *       and max pooling; for {@code argMax} a NaN is the greatest value. Comparisons with NaN are
 *       false.
 * </ul>
 *
 * <p><b>Life.</b> A backend has threads and memory until it is closed. One that the whole program
 * uses need not be closed: nothing of it keeps the JVM from ending.
 *
 * <pre>{@code
 * try (Backend<?> backend = Backends.get("cpu")) {
 *   Tensor x = Tensor.of(backend, new float[] {1, 2}, 2);
 *   System.out.println(x.add(x)); // and what is to be kept, as x.toHost()
 * }
 * }</pre>
 *
 * <p>Methods come in three kinds: facts, primitives (required; closed under differentiation) and
 * fused operations. A fused operation has a default that answers "not fused here": {@code core}
 * then composes it of primitives. So a backend overrides exactly those at which it is faster.
 *
 * @param <A> the array type
 */
public interface Backend<A> extends FusedOperations<A>, AutoCloseable {

  // ---- facts ----------------------------------------------------------------------------------

  /** Name, device, threads and versions; what {@code toString} gives. */
  BackendInfo info();

  /** The number of arrays returned and not yet released. */
  long liveArrays();

  /**
   * Whether each sample of a batch comes out the same, bit for bit, wherever it stands in a batch
   * of that size. Libraries whose kernels take the last rows of a matrix otherwise than the first
   * say false.
   */
  default boolean computesSamplesAlike() {
    return false;
  }

  /** The shape of an array. */
  Shape shape(A a);

  /** The element type of an array. */
  DType dtype(A a);

  /**
   * Ends the backend: gives back its threads, its memory and all arrays that are still live. What
   * may be called afterwards are {@link #info}, {@link #liveArrays}, which is then 0, {@link
   * #isClosed}, and {@link #release} and this method, which do nothing. Anything else is an error;
   * {@code core} prevents it. No other call may be running.
   *
   * <p>What an engine loads once for the process stays: its native library, and PyTorch's threads.
   */
  @Override
  void close();

  /** Whether it was closed. */
  boolean isClosed();

  // ---- create and read ------------------------------------------------------------------------

  /** A copy of host values. */
  A fromHost(HostArray values);

  /** The values as a dense row-major host array, a copy. */
  HostArray toHost(A a);

  /** An array filled with one value, which the dtype can hold; for BOOL, whether it is not 0. */
  A full(Shape shape, DType dtype, double value);

  /**
   * Converts: float to INT64 truncates towards 0, to BOOL tests against 0, from BOOL gives 0 and 1.
   * To the dtype it has: a copy.
   */
  A cast(A a, DType dtype);

  /** Gives the array back. Its use afterwards is an error; {@code core} prevents it. */
  void release(A a);

  /** Returns when all work handed over has been done: for measuring time. */
  void sync();

  /** Copies {@code value}, of the same shape and dtype, into {@code target}. */
  void assign(A target, A value);

  // ---- elementwise, with broadcasting; FLOAT32, FLOAT64, INT64 --------------------------------

  /** {@code a + b}. */
  A add(A a, A b);

  /** {@code a - b}. */
  A sub(A a, A b);

  /** {@code a * b}. */
  A mul(A a, A b);

  /** {@code a / b}; floats only. */
  A div(A a, A b);

  /** The larger, NaN if either is. */
  A maximum(A a, A b);

  /** The smaller, NaN if either is. */
  A minimum(A a, A b);

  /** {@code a} to the power {@code b}, as {@link Math#pow}; floats only. */
  A pow(A a, A b);

  // ---- elementwise; floats; neg, abs and sign INT64 too ---------------------------------------

  /** {@code -a}. */
  A neg(A a);

  /** e to the power {@code a}. */
  A exp(A a);

  /** Natural logarithm; -infinity at 0, NaN below. */
  A log(A a);

  /** Square root; NaN below 0. */
  A sqrt(A a);

  /** Sine, of radians. */
  A sin(A a);

  /** Cosine, of radians. */
  A cos(A a);

  /** Hyperbolic tangent. */
  A tanh(A a);

  /**
   * The error function: {@code 2 / sqrt(pi)} times the integral of {@code exp(-t^2)} from 0 to
   * {@code a}.
   */
  A erf(A a);

  /** Absolute value. */
  A abs(A a);

  /** -1, 0 or 1; NaN for NaN. */
  A sign(A a);

  // ---- compare and select, with broadcasting --------------------------------------------------

  /** BOOL: {@code a > b}; numeric. */
  A greater(A a, A b);

  /** BOOL: {@code a >= b}; numeric. */
  A greaterEqual(A a, A b);

  /** BOOL: {@code a == b}; any dtype. */
  A equal(A a, A b);

  /** BOOL: both. */
  A logicalAnd(A a, A b);

  /** BOOL: either. */
  A logicalOr(A a, A b);

  /** BOOL: not. */
  A logicalNot(A a);

  /** {@code a} where the BOOL {@code condition} holds, else {@code b}; any dtype. */
  A where(A condition, A a, A b);

  // ---- reduce ---------------------------------------------------------------------------------

  /** The sum over these axes, which vanish; 0 where there is nothing. No axes: a copy. Numeric. */
  A sum(A a, int... axes);

  /** The maximum over these axes, none of extent 0, which vanish. No axes: a copy. Numeric. */
  A max(A a, int... axes);

  /**
   * INT64: where along the axis, which vanishes, the maximum lies; the lowest index on ties.
   * Numeric.
   */
  A argMax(A a, int axis);

  /**
   * INT64, of {@code a}'s shape: along the axis, the indices in ascending order of the values;
   * equal ones, 0 and -0 among them, stay in order, and NaN comes last. Numeric.
   */
  A argSort(A a, int axis);

  /** Stretches extents of 1, adds leading axes. Any dtype. */
  A broadcastTo(A a, Shape shape);

  // ---- move; any dtype ------------------------------------------------------------------------

  /** The same elements in row-major order under another shape of the same size. */
  A reshape(A a, Shape shape);

  /** Axis {@code i} of the result is axis {@code axes[i]} of {@code a}. */
  A permute(A a, int... axes);

  /** Reverses along these axes. */
  A flip(A a, int... axes);

  /**
   * Elements {@code start, start + step, ...} below {@code stop}, along every axis. {@code 0 <=
   * start <= stop <= extent}, {@code step >= 1}.
   */
  A slice(A a, int[] start, int[] stop, int[] step);

  /**
   * {@code before}, {@code after} and, between neighbours, {@code interior} copies of a value, per
   * axis.
   */
  A pad(A a, int[] before, int[] after, int[] interior, double value);

  /** Joins one or more arrays, alike but for the extent of {@code axis}. */
  A concat(List<A> arrays, int axis);

  // ---- index ----------------------------------------------------------------------------------

  /**
   * {@code out[.., i, ..] = a[.., indices[.., i, ..], ..]} along {@code axis}; {@code indices},
   * INT64, is of {@code a}'s shape but for that axis. Any dtype.
   */
  A gather(A a, int axis, A indices);

  /**
   * The adjoint of gather: zeros of {@code values}' shape with extent {@code size} along {@code
   * axis}, to which {@code values} are added at {@code indices} (INT64, of {@code values}' shape);
   * duplicates accumulate. Numeric.
   */
  A scatterAdd(A values, int axis, A indices, int size);

  // ---- contract -------------------------------------------------------------------------------

  /**
   * {@code [.., M, K] x [.., K, N] -> [.., M, N]}, leading axes broadcast. Ranks are 2 or more.
   * Floats.
   */
  A matmul(A a, A b);

  // ---- convolve: the three partial forms of one trilinear form; floats ------------------------
  // Geometries lie within the input: no stride or dilation exceeds the padded image.

  /** {@code [N, C, H, W], [F, C/groups, KH, KW] -> [N, F, OH, OW]}; see {@link Conv2dGeometry}. */
  A conv2d(A input, A weight, Conv2dGeometry geometry);

  /** The gradient with respect to the input: {@code outputGrad, weight -> inputShape}. */
  A conv2dInputGrad(A outputGrad, A weight, Shape inputShape, Conv2dGeometry geometry);

  /** The gradient with respect to the weight: {@code input, outputGrad -> weightShape}. */
  A conv2dWeightGrad(A input, A outputGrad, Shape weightShape, Conv2dGeometry geometry);

  // ---- pool; floats ---------------------------------------------------------------------------

  /** The mean under each window: {@code [N, C, H, W] -> [N, C, OH, OW]}. */
  A avgPool2d(A input, Pool2dGeometry geometry);

  /** The adjoint of {@link #avgPool2d}: {@code [N, C, OH, OW] -> inputShape}. */
  A avgPool2dGrad(A outputGrad, Shape inputShape, Pool2dGeometry geometry);

  /**
   * INT64 {@code [N, C, OH, OW]}: where the maximum under each window lies, as {@code row * W +
   * column} in the unpadded image; the first in row-major order on ties, a NaN before all.
   */
  A maxPool2dIndices(A input, Pool2dGeometry geometry);
}
