package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import java.util.Arrays;
import java.util.List;

/**
 * An n-dimensional array on a backend. Names and meanings are PyTorch's and NumPy's; operations
 * broadcast, never convert dtypes silently, and leave their operands alone, as {@link #assign}
 * leaves their results. A negative axis counts from the last; "no axes" of a reduction means all.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(backend, new float[] {1, 2, 3, 4}, 2, 2).requiresGrad();
 * Tensor y = x.matmul(x.transpose(0, 1)).add(1).relu().sum();
 * Tensor dx = Gradients.of(y, x).get(x);    // [2, 2]
 * System.out.println(y.item() + " " + dx);
 * }</pre>
 *
 * <p>Its memory belongs to the {@link Scope} it was made in. Operations on tensors that need
 * gradients are recorded, see {@link #requiresGrad()}. Errors of shape and dtype are {@link
 * IllegalArgumentException}s that name the operation, the reason and the shapes; use after release,
 * or after its backend was closed, is an {@link IllegalStateException}. Long though it is, this
 * file only names operations: each is defined, with its derivative, in a class of its subject.
 */
public final class Tensor implements AutoCloseable {

  private final Backend<Object> backend;
  private final Handle handle;
  private final Shape shape;
  private final DType dtype;
  private final GradFn gradFn;
  private final Unrecorded unrecorded;

  /** A new value; {@code operands} it was made of tell why it has no {@code gradFn}. */
  Tensor(
      Backend<Object> backend,
      Object array,
      Shape shape,
      DType dtype,
      GradFn gradFn,
      Tensor... operands) {
    this.backend = backend;
    this.shape = shape;
    this.dtype = dtype;
    this.gradFn = gradFn;
    this.unrecorded = gradFn == null ? Unrecorded.of(dtype.isFloating(), operands) : null;
    this.handle = adopted(new Handle(backend, array));
  }

  /** A view: its array may share the memory of {@code base}'s. */
  Tensor(Tensor base, Object array, Shape shape, GradFn gradFn) {
    this.backend = base.backend;
    this.shape = shape;
    this.dtype = base.dtype;
    this.gradFn = gradFn;
    this.unrecorded = gradFn == null ? Unrecorded.of(dtype.isFloating(), base) : null;
    this.handle = adopted(new Handle(base.handle, array));
  }

  private static Handle adopted(Handle handle) {
    Scope scope = Scope.current();
    if (scope == null) {
      handle.owner(null);
    } else {
      scope.arena().adopt(handle);
    }
    return handle;
  }

  /** Shares its array, but not what made it. */
  Tensor(Tensor same, GradFn gradFn) {
    this(same, gradFn, Unrecorded.DETACHED);
  }

  /** Shares its array, but is made of these operands. */
  Tensor(Tensor same, GradFn gradFn, Tensor[] operands) {
    this(same, gradFn, Unrecorded.of(same.dtype.isFloating(), operands));
  }

  private Tensor(Tensor same, GradFn gradFn, Unrecorded otherwise) {
    this.backend = same.backend;
    this.handle = same.handle;
    this.shape = same.shape;
    this.dtype = same.dtype;
    this.gradFn = gradFn;
    this.unrecorded = gradFn == null ? otherwise : null;
  }

  // ---- making ---------------------------------------------------------------------------------

  /** A tensor with these values. */
  public static Tensor of(Backend<?> backend, HostArray values) {
    Backend<Object> typed = erase(backend);
    return new Tensor(typed, typed.fromHost(values), values.shape(), values.dtype(), null);
  }

  /** A float32 tensor with these values in row-major order. */
  public static Tensor of(Backend<?> backend, float[] values, int... extents) {
    return of(backend, HostArray.of(values, Shape.of(extents)));
  }

  /** A float64 tensor with these values in row-major order. */
  public static Tensor of(Backend<?> backend, double[] values, int... extents) {
    return of(backend, HostArray.of(values, Shape.of(extents)));
  }

  /** An int64 tensor with these values in row-major order. */
  public static Tensor of(Backend<?> backend, long[] values, int... extents) {
    return of(backend, HostArray.of(values, Shape.of(extents)));
  }

  /** A bool tensor with these values in row-major order. */
  public static Tensor of(Backend<?> backend, boolean[] values, int... extents) {
    return of(backend, HostArray.of(values, Shape.of(extents)));
  }

  /** An int64 tensor with these values in row-major order. */
  public static Tensor of(Backend<?> backend, int[] values, int... extents) {
    return of(backend, Arrays.stream(values).asLongStream().toArray(), extents);
  }

  /** A float32 tensor {@code [N]}. */
  public static Tensor of(Backend<?> backend, float... values) {
    return of(backend, values, values.length);
  }

  /** A float64 tensor {@code [N]}. */
  public static Tensor of(Backend<?> backend, double... values) {
    return of(backend, values, values.length);
  }

  /** An int64 tensor {@code [N]}. */
  public static Tensor of(Backend<?> backend, long... values) {
    return of(backend, values, values.length);
  }

  /** An int64 tensor {@code [N]}. */
  public static Tensor of(Backend<?> backend, int... values) {
    return of(backend, values, values.length);
  }

  /** A bool tensor {@code [N]}. */
  public static Tensor of(Backend<?> backend, boolean... values) {
    return of(backend, values, values.length);
  }

  /**
   * A tensor from nested Java arrays, {@code float[][]}, {@code int[][][]}, ...; those of one depth
   * are equally long.
   */
  public static Tensor of(Backend<?> backend, Object[] nested) {
    return of(backend, HostArray.of(nested));
  }

  /**
   * A tensor filled with one value, rounded where it is a float; for BOOL, whether the value is not
   * 0.
   *
   * @throws IllegalArgumentException if the dtype cannot hold it: a fraction in INT64, 1e300 in
   *     FLOAT32
   */
  public static Tensor full(Backend<?> backend, Shape shape, DType dtype, double value) {
    Op.requireHolds("full", dtype, value);
    Backend<Object> typed = erase(backend);
    return new Tensor(typed, typed.full(shape, dtype, value), shape, dtype, null);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Backend<?> backend, Shape shape, DType dtype) {
    return full(backend, shape, dtype, 0);
  }

  /** A tensor of ones. */
  public static Tensor ones(Backend<?> backend, Shape shape, DType dtype) {
    return full(backend, shape, dtype, 1);
  }

  /** A 0-d tensor. */
  public static Tensor scalar(Backend<?> backend, double value, DType dtype) {
    return full(backend, Shape.scalar(), dtype, value);
  }

  /** Zeros of its shape, dtype and backend. */
  public static Tensor zerosLike(Tensor like) {
    return fullLike(like, 0);
  }

  /** Ones of its shape, dtype and backend. */
  public static Tensor onesLike(Tensor like) {
    return fullLike(like, 1);
  }

  /** One value, in its shape, dtype and backend. */
  public static Tensor fullLike(Tensor like, double value) {
    Op.requireHolds("fullLike", like.dtype, value);
    return full(like.backend, like.shape, like.dtype, value);
  }

  /** INT64 {@code [end]}: 0, 1, ..., {@code end - 1}. */
  public static Tensor arange(Backend<?> backend, long end) {
    return Creation.arange(backend, 0, end, 1);
  }

  /** INT64: {@code start, start + step, ...} before {@code end}. */
  public static Tensor arange(Backend<?> backend, long start, long end, long step) {
    return Creation.arange(backend, start, end, step);
  }

  /** {@code start, start + step, ...} before {@code end}. */
  public static Tensor arange(
      Backend<?> backend, double start, double end, double step, DType dtype) {
    return Creation.arange(backend, start, end, step, dtype);
  }

  /** {@code count} values at equal distances from {@code start} to {@code end}, both included. */
  public static Tensor linspace(
      Backend<?> backend, double start, double end, int count, DType dtype) {
    return Creation.linspace(backend, start, end, count, dtype);
  }

  /** The identity matrix {@code [size, size]}. */
  public static Tensor eye(Backend<?> backend, int size, DType dtype) {
    return Creation.eye(backend, size, dtype);
  }

  /** Uniform random values from 0 to below 1; floats. */
  public static Tensor rand(Backend<?> backend, Shape shape, DType dtype, Rng rng) {
    return Creation.rand(backend, shape, dtype, rng);
  }

  /** Random values of mean 0 and variance 1, normally distributed; floats. */
  public static Tensor randn(Backend<?> backend, Shape shape, DType dtype, Rng rng) {
    return Creation.randn(backend, shape, dtype, rng);
  }

  // The one place where a backend's array type is erased: arrays only ever meet the backend they
  // came from.
  @SuppressWarnings("unchecked")
  private static Backend<Object> erase(Backend<?> backend) {
    if (backend.isClosed()) {
      String name = backend.info().name();
      throw new IllegalStateException(
          "backend " + name + " was closed; make another one with Backends.get(\"" + name + "\")");
    }
    return (Backend<Object>) backend;
  }

  // ---- facts ----------------------------------------------------------------------------------

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The backend it lives on. */
  public Backend<Object> backend() {
    return backend;
  }

  /** What made it, if gradients are traced through it; else null. */
  public GradFn gradFn() {
    return gradFn;
  }

  /**
   * Why it has no {@link #gradFn}, as a sentence: recording was off, it was detached, or nothing it
   * was computed from asks for gradients. Null if it has one.
   */
  public String whyNotRecorded() {
    return unrecorded == null ? null : unrecorded.sentence();
  }

  Unrecorded unrecorded() {
    return unrecorded;
  }

  Handle handle() {
    return handle;
  }

  /** The backend's array. */
  Object array() {
    return handle.array(this);
  }

  // ---- reading --------------------------------------------------------------------------------

  /** A copy of the values on the host. */
  public HostArray toHost() {
    return backend.toHost(array());
  }

  /** The one value, as a double. */
  public double item() {
    if (shape.size() != 1) {
      throw new IllegalArgumentException("item: needs exactly one element, shape is " + shape);
    }
    return toHost().get(0);
  }

  /** A copy of float32 values in row-major order. */
  public float[] toFloats() {
    return toHost().floats();
  }

  /** A copy of the values of any dtype in row-major order, as doubles. */
  public double[] toDoubles() {
    return toHost().toDoubles();
  }

  /** A copy of int64 values in row-major order. */
  public long[] toLongs() {
    return toHost().longs();
  }

  // ---- gradients and memory -------------------------------------------------------------------

  /**
   * The same values as a leaf: operations on it are recorded, and gradients can be asked for it.
   */
  public Tensor requiresGrad() {
    Op.requireFloating("requiresGrad", this);
    return new Tensor(this, GradFn.leaf(shape, dtype));
  }

  /** The same values, cut from what made them. */
  public Tensor detach() {
    return gradFn == null ? this : new Tensor(this, null);
  }

  /**
   * Takes it out of its scope: it lives until closed. For parameters and other long-lived values.
   */
  public Tensor persist() {
    disown();
    return this;
  }

  void disown() {
    handle.owner(null);
  }

  /** Whether both refer to the same array in memory. */
  public boolean sameAs(Tensor other) {
    return handle == other.handle;
  }

  /**
   * Copies values of the same shape and dtype into this tensor, in place; not recorded. This is the
   * only way to change a tensor, beside the steps of optimisers.
   *
   * <p>Only this tensor changes, and with it those that {@link #detach()} and {@link
   * #requiresGrad()} made of it, which are the same tensor under other aspects. Whatever an
   * operation made of it before keeps its values, views such as those of {@link #reshape} and
   * {@link #narrow} too; and a change of a view leaves what it is a view of alone. NumPy and
   * PyTorch change views and what they are of together; here nothing a tensor was given for can
   * change behind its back. It costs a copy only where a view is still alive when its tensor is
   * changed.
   *
   * <p>Gradients of results are to be taken before what they were computed from is changed, and a
   * tensor must not be changed while another thread uses it.
   */
  public void assign(Tensor value) {
    Op.commonDType("assign", this, value);
    if (!shape.equals(value.shape)) {
      throw Op.error("assign", "shapes differ", this, value);
    }
    own();
    backend.assign(array(), value.array());
  }

  /** Sees to it that a change in place changes no other tensor; see {@link #assign}. */
  void own() {
    handle.own(dtype);
  }

  /** Releases the memory now. Closing twice does nothing. */
  @Override
  public void close() {
    if (!handle.isReleased()) {
      handle.release("the close at " + Scope.caller());
    }
  }

  /** Releases the memory now; errors of later use call who did it {@code by}. */
  public void close(String by) {
    handle.release(by);
  }

  /** Whether the memory has been released. */
  public boolean isClosed() {
    return handle.isReleased();
  }

  // ---- arithmetic, broadcasting ---------------------------------------------------------------

  /** {@code this + other}. */
  public Tensor add(Tensor other) {
    return Elementwise.add(this, other);
  }

  /** {@code this + c}. */
  public Tensor add(double c) {
    return Elementwise.add(this, c);
  }

  /** {@code this - other}. */
  public Tensor sub(Tensor other) {
    return Elementwise.sub(this, other);
  }

  /** {@code this - c}. */
  public Tensor sub(double c) {
    return Elementwise.sub(this, c);
  }

  /** {@code this * other}, elementwise. */
  public Tensor mul(Tensor other) {
    return Elementwise.mul(this, other);
  }

  /** {@code this * c}. */
  public Tensor mul(double c) {
    return Elementwise.mul(this, c);
  }

  /** {@code this / other}, floats. */
  public Tensor div(Tensor other) {
    return Elementwise.div(this, other);
  }

  /** {@code this / c}, floats: the quotient that {@link #div(Tensor)} gives. */
  public Tensor div(double c) {
    return Elementwise.div(this, c);
  }

  /** {@code this} to the power {@code other}, floats. */
  public Tensor pow(Tensor other) {
    return Elementwise.pow(this, other);
  }

  /** {@code this} to the power {@code c}, floats. */
  public Tensor pow(double c) {
    return Elementwise.pow(this, c);
  }

  /** The larger of the two; NaN if either is. */
  public Tensor maximum(Tensor other) {
    return Elementwise.maximum(this, other);
  }

  /** The larger of this and {@code c}. */
  public Tensor maximum(double c) {
    return maximum(Op.number("maximum", this, c));
  }

  /** The smaller of the two; NaN if either is. */
  public Tensor minimum(Tensor other) {
    return Elementwise.minimum(this, other);
  }

  /** The smaller of this and {@code c}. */
  public Tensor minimum(double c) {
    return minimum(Op.number("minimum", this, c));
  }

  /**
   * {@code min(max(this, min), max)}; an infinite bound is none. Unlike those two, it passes the
   * gradient on where a bound is met, as PyTorch's does.
   */
  public Tensor clamp(double min, double max) {
    return Clamp.clamp(this, min, max);
  }

  // ---- functions ------------------------------------------------------------------------------

  /** {@code -this}. */
  public Tensor neg() {
    return Elementwise.neg(this);
  }

  /** e to the power {@code this}. */
  public Tensor exp() {
    return Elementwise.exp(this);
  }

  /** {@code exp(this) - 1}, exact for small values too. */
  public Tensor expm1() {
    return NearZero.expm1(this);
  }

  /** The natural logarithm. */
  public Tensor log() {
    return Elementwise.log(this);
  }

  /** {@code log(1 + this)}, exact for small values too. */
  public Tensor log1p() {
    return NearZero.log1p(this);
  }

  /** The square root. */
  public Tensor sqrt() {
    return Elementwise.sqrt(this);
  }

  /** {@code this * this}. */
  public Tensor square() {
    return Elementwise.square(this);
  }

  /** {@code 1 / sqrt(this)}. */
  public Tensor rsqrt() {
    return Elementwise.rsqrt(this);
  }

  /** {@code 1 / this}. */
  public Tensor reciprocal() {
    Op.requireFloating("reciprocal", this);
    return Op.number("reciprocal", this, 1).div(this);
  }

  /** The largest whole number that is not above; its derivative is 0. */
  public Tensor floor() {
    return Rounding.floor(this);
  }

  /** The smallest whole number that is not below; its derivative is 0. */
  public Tensor ceil() {
    return Rounding.ceil(this);
  }

  /** The nearest whole number, half to even; its derivative is 0. */
  public Tensor round() {
    return Rounding.round(this);
  }

  /** The sine, of radians. */
  public Tensor sin() {
    return Elementwise.sin(this);
  }

  /** The cosine, of radians. */
  public Tensor cos() {
    return Elementwise.cos(this);
  }

  /** The hyperbolic tangent. */
  public Tensor tanh() {
    return Elementwise.tanh(this);
  }

  /** The error function: {@code 2 / sqrt(pi)} times the integral of {@code exp(-t^2)} from 0. */
  public Tensor erf() {
    return Elementwise.erf(this);
  }

  /** The absolute value; its derivative at 0 is 0. */
  public Tensor abs() {
    return Elementwise.abs(this);
  }

  /** -1, 0 or 1; its derivative is 0. */
  public Tensor sign() {
    return Elementwise.sign(this);
  }

  /** {@code max(this, 0)}; its derivative at 0 is 0. */
  public Tensor relu() {
    return Elementwise.relu(this);
  }

  /** {@code 1 / (1 + exp(-this))}. */
  public Tensor sigmoid() {
    return Elementwise.sigmoid(this);
  }

  /**
   * {@code this / 2 (1 + tanh(sqrt(2 / pi) (this + 0.044715 this^3)))}: the tanh form of the
   * Gaussian error linear unit (Hendrycks and Gimpel 2016, section 2), PyTorch's {@code gelu(x,
   * approximate="tanh")}. PyTorch's default is {@link #geluExact}.
   */
  public Tensor gelu() {
    return Elementwise.gelu(this);
  }

  /**
   * {@code this Phi(this)}, where {@code Phi(x) = (1 + erf(x / sqrt(2))) / 2} is the normal
   * distribution function: the Gaussian error linear unit itself, PyTorch's {@code gelu(x)}.
   */
  public Tensor geluExact() {
    return Elementwise.geluExact(this);
  }

  /** {@code this - log(sum(exp(this)))} along the axis, without overflow. */
  public Tensor logSoftmax(int axis) {
    return Softmax.logSoftmax("logSoftmax", this, axis);
  }

  /** {@code exp(this) / sum(exp(this))} along the axis, without overflow. */
  public Tensor softmax(int axis) {
    return Softmax.logSoftmax("softmax", this, axis).exp();
  }

  /** Converts; no change and no copy where the type is already that. */
  public Tensor to(DType type) {
    return Elementwise.cast(this, type);
  }

  /** Copies to another backend, by way of the host; no copy where it is there already. */
  public Tensor to(Backend<?> other) {
    return backend == other
        ? Op.alias(this)
        : Op.composed("to", of(other, toHost()), Rule.each(g -> g.to(backend)), this);
  }

  // ---- comparison -----------------------------------------------------------------------------

  /**
   * Whether each element of two tensors of one shape and dtype is close to the other, as in NumPy:
   * {@code |this - other| <= atol + rtol * |other|}. Infinities are close to themselves alone, and
   * NaN to nothing. The values are compared on the host, so that the backends may differ.
   */
  public boolean allClose(Tensor other, double rtol, double atol) {
    return Compare.allClose(this, other, rtol, atol);
  }

  /** The same with NumPy's tolerances, {@code rtol} 1e-5 and {@code atol} 1e-8. */
  public boolean allClose(Tensor other) {
    return allClose(other, 1e-5, 1e-8);
  }

  /** BOOL: {@code this > other}. */
  public Tensor greater(Tensor other) {
    return Compare.greater(this, other);
  }

  /** BOOL: {@code this > c}. */
  public Tensor greater(double c) {
    return greater(Op.number("greater", this, c));
  }

  /** BOOL: {@code this >= other}. */
  public Tensor greaterEqual(Tensor other) {
    return Compare.greaterEqual(this, other);
  }

  /** BOOL: {@code this >= c}. */
  public Tensor greaterEqual(double c) {
    return greaterEqual(Op.number("greaterEqual", this, c));
  }

  /** BOOL: {@code this < other}. */
  public Tensor less(Tensor other) {
    return Compare.less(this, other);
  }

  /** BOOL: {@code this < c}. */
  public Tensor less(double c) {
    return less(Op.number("less", this, c));
  }

  /** BOOL: {@code this <= other}. */
  public Tensor lessEqual(Tensor other) {
    return Compare.lessEqual(this, other);
  }

  /** BOOL: {@code this <= c}. */
  public Tensor lessEqual(double c) {
    return lessEqual(Op.number("lessEqual", this, c));
  }

  /** BOOL: {@code this == other}, elementwise. */
  public Tensor eq(Tensor other) {
    return Compare.equal(this, other);
  }

  /** BOOL: {@code this == c}, elementwise. */
  public Tensor eq(double c) {
    return eq(Op.number("eq", this, c));
  }

  /** BOOL: {@code this != other}, elementwise. */
  public Tensor ne(Tensor other) {
    return Compare.notEqual(this, other);
  }

  /** BOOL: {@code this != c}, elementwise. */
  public Tensor ne(double c) {
    return ne(Op.number("ne", this, c));
  }

  /** BOOL: whether it is no number. */
  public Tensor isNaN() {
    return Compare.isNaN(this);
  }

  /** BOOL: whether it is neither infinite nor NaN. */
  public Tensor isFinite() {
    return Compare.isFinite(this);
  }

  /** BOOL: both. */
  public Tensor logicalAnd(Tensor other) {
    return Compare.logicalAnd(this, other);
  }

  /** BOOL: either. */
  public Tensor logicalOr(Tensor other) {
    return Compare.logicalOr(this, other);
  }

  /** BOOL: not. */
  public Tensor logicalNot() {
    return Compare.logicalNot(this);
  }

  /** {@code a} where the BOOL condition holds, else {@code b}. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Compare.where(condition, a, b);
  }

  // ---- reduction ------------------------------------------------------------------------------

  /** The sum over these axes, which vanish. */
  public Tensor sum(int... axes) {
    return Reduce.sum(this, false, axes);
  }

  /** The sum over these axes, which stay with extent 1. */
  public Tensor sumKeepDims(int... axes) {
    return Reduce.sum(this, true, axes);
  }

  /** The mean over these axes, which vanish; floats. NaN where there is nothing. */
  public Tensor mean(int... axes) {
    return Statistics.mean(this, false, axes);
  }

  /** The mean over these axes, which stay with extent 1. */
  public Tensor meanKeepDims(int... axes) {
    return Statistics.mean(this, true, axes);
  }

  /**
   * The biased variance (divided by the count, as NumPy does) over these axes, which vanish;
   * floats. PyTorch's default, divided by the count less 1, is {@code variance(1, false, axes)}.
   */
  public Tensor variance(int... axes) {
    return Statistics.variance("variance", this, 0, false, axes);
  }

  /** The variance with the sum of squares divided by {@code count - correction}. */
  public Tensor variance(double correction, boolean keepDims, int... axes) {
    return Statistics.variance("variance", this, correction, keepDims, axes);
  }

  /**
   * The square root of {@link #variance(int...)}. PyTorch's default is {@code std(1, false, axes)}.
   */
  public Tensor std(int... axes) {
    return Statistics.std(this, 0, false, axes);
  }

  /** The square root of {@link #variance(double, boolean, int...)}. */
  public Tensor std(double correction, boolean keepDims, int... axes) {
    return Statistics.std(this, correction, keepDims, axes);
  }

  /** The product over these axes, which vanish. 1 where there is nothing. */
  public Tensor prod(int... axes) {
    return Reduce.prod(this, false, axes);
  }

  /** The product over these axes, which stay with extent 1. */
  public Tensor prodKeepDims(int... axes) {
    return Reduce.prod(this, true, axes);
  }

  /** The Euclidean length along these axes, which vanish; floats. Its derivative at 0 is 0. */
  public Tensor norm(int... axes) {
    return Statistics.norm(this, 2, false, axes);
  }

  /**
   * {@code (sum |this|^p)^(1/p)} over these axes; for an infinite p the largest or the smallest
   * {@code |this|}, for 0 the count of those that are not 0.
   */
  public Tensor norm(double p, boolean keepDims, int... axes) {
    return Statistics.norm(this, p, keepDims, axes);
  }

  /** {@code log(sum(exp(this)))} over these axes, which vanish, without overflow; floats. */
  public Tensor logSumExp(int... axes) {
    return Softmax.logSumExp(this, false, axes);
  }

  /** The same with axes that stay with extent 1. */
  public Tensor logSumExpKeepDims(int... axes) {
    return Softmax.logSumExp(this, true, axes);
  }

  /** The maximum over these axes, which vanish; equal maxima share the gradient. */
  public Tensor max(int... axes) {
    return Reduce.max("max", this, false, axes);
  }

  /** The maximum over these axes, which stay with extent 1. */
  public Tensor maxKeepDims(int... axes) {
    return Reduce.max("max", this, true, axes);
  }

  /** The minimum over these axes, which vanish; equal minima share the gradient. */
  public Tensor min(int... axes) {
    return Reduce.min("min", this, false, axes);
  }

  /** The minimum over these axes, which stay with extent 1. */
  public Tensor minKeepDims(int... axes) {
    return Reduce.min("min", this, true, axes);
  }

  /** INT64: where along the axis, which vanishes, the maximum lies; the lowest index on ties. */
  public Tensor argMax(int axis) {
    return Reduce.argMax(this, axis);
  }

  /** INT64 0-d: where in row-major order the maximum of all lies. */
  public Tensor argMax() {
    return reshape(Shape.of(shape.size())).argMax(0);
  }

  /** INT64: where along the axis, which vanishes, the minimum lies; the lowest index on ties. */
  public Tensor argMin(int axis) {
    return Reduce.argMin(this, axis);
  }

  /** INT64 0-d: where in row-major order the minimum of all lies. */
  public Tensor argMin() {
    return reshape(Shape.of(shape.size())).argMin(0);
  }

  /** The values in ascending order along the axis; equal ones stay in order, NaN comes last. */
  public Sorted sort(int axis) {
    return Sorting.sort(this, axis, false);
  }

  /** The same, if asked in descending order: equal ones stay in order, NaN comes first. */
  public Sorted sort(int axis, boolean descending) {
    return Sorting.sort(this, axis, descending);
  }

  /** INT64: where along the axis the values of {@link #sort(int)} are. */
  public Tensor argSort(int axis) {
    return Sorting.argSort("argSort", this, axis, false);
  }

  /** The {@code k} largest values along the axis, the largest first; a NaN is the largest. */
  public Sorted topK(int k, int axis) {
    return Sorting.topK(this, k, axis);
  }

  /** BOOL: whether any is true, or not 0, over these axes, which vanish. */
  public Tensor any(int... axes) {
    return Reduce.any(this, false, axes);
  }

  /** The same with axes that stay with extent 1. */
  public Tensor anyKeepDims(int... axes) {
    return Reduce.any(this, true, axes);
  }

  /** BOOL: whether all are true, or not 0, over these axes, which vanish. */
  public Tensor all(int... axes) {
    return Reduce.all(this, false, axes);
  }

  /** The same with axes that stay with extent 1. */
  public Tensor allKeepDims(int... axes) {
    return Reduce.all(this, true, axes);
  }

  /** Along the axis, the sum of all up to each. */
  public Tensor cumSum(int axis) {
    return Scan.cumSum(this, axis);
  }

  // ---- shape ----------------------------------------------------------------------------------

  /** Stretches extents of 1 and adds leading axes. */
  public Tensor broadcastTo(Shape target) {
    return Reduce.broadcastTo(this, target);
  }

  /**
   * Sums over what broadcasting to this tensor's shape would stretch: the reverse of broadcasting.
   */
  public Tensor sumTo(Shape target) {
    Op.requireNumeric("sumTo", this);
    if (!target.broadcastsTo(shape)) {
      throw Op.error("sumTo", target + " does not broadcast to the tensor's shape", this);
    }
    return Reduce.sumTo(this, target);
  }

  /** The same elements under another shape; one extent may be -1. */
  public Tensor reshape(int... extents) {
    return Move.reshape(this, extents);
  }

  /** The same elements under another shape. */
  public Tensor reshape(Shape target) {
    return Move.reshape(this, target);
  }

  /** Axis {@code i} of the result is axis {@code axes[i]}. */
  public Tensor permute(int... axes) {
    return Move.permute(this, axes);
  }

  /** Exchanges two axes. */
  public Tensor transpose(int axis1, int axis2) {
    return Rearrange.transpose(this, axis1, axis2);
  }

  /** The transpose of a matrix, or of each matrix of a batch. */
  public Tensor mT() {
    if (shape.rank() < 2) {
      throw Op.error("mT", "needs matrices, [.., R, C]", this);
    }
    return transpose(-2, -1);
  }

  /** Reverses along these axes. */
  public Tensor flip(int... axes) {
    return axes.length == 0 ? Op.alias(this) : Move.flip(this, axes);
  }

  /**
   * Elements {@code start, start + step, ...} below {@code stop}, along every axis. A negative
   * start or stop counts from the end, as in NumPy; an error if it lies outside the axis.
   */
  public Tensor slice(int[] start, int[] stop, int[] step) {
    return Move.slice(this, start.clone(), stop.clone(), step.clone());
  }

  /**
   * {@code length} elements from {@code start} on along one axis; a negative start counts from the
   * end: {@code x.narrow(1, -2, 2)} is NumPy's {@code x[:, -2:]}.
   */
  public Tensor narrow(int axis, int start, int length) {
    return Rearrange.narrow("narrow", this, axis, start, length);
  }

  /**
   * One position along an axis, which vanishes; a negative index counts from the end: {@code
   * x.select(0, -1)} is NumPy's {@code x[-1]}.
   */
  public Tensor select(int axis, int index) {
    return Rearrange.select(this, axis, index);
  }

  /**
   * {@code before}, {@code after} and, between neighbours, {@code interior} copies of a value, per
   * axis.
   */
  public Tensor pad(int[] before, int[] after, int[] interior, double value) {
    return Move.pad(this, before.clone(), after.clone(), interior.clone(), value);
  }

  /**
   * Mirrors, per axis, {@code before} and {@code after} values about the outermost, which are not
   * repeated: {@code [1, 2, 3]} becomes {@code [3, 2, 1, 2, 3, 2]} with 2 before and 1 after.
   */
  public Tensor padReflect(int[] before, int[] after) {
    return EdgePadding.reflect(this, before, after);
  }

  /** Repeats, per axis, the outermost values {@code before} and {@code after} times. */
  public Tensor padReplicate(int[] before, int[] after) {
    return EdgePadding.replicate(this, before, after);
  }

  /** Adds an axis of extent 1 before {@code axis}; -1 adds it last. */
  public Tensor unsqueeze(int axis) {
    return Rearrange.unsqueeze(this, axis);
  }

  /** Drops these axes, whose extents are 1; all such axes for none given. */
  public Tensor squeeze(int... axes) {
    return Rearrange.squeeze(this, axes);
  }

  /** Cut along the axis into pieces of {@code size}; the last may be shorter. */
  public List<Tensor> split(int size, int axis) {
    return Rearrange.split(this, size, axis);
  }

  /** Cut along the axis into pieces of these sizes. */
  public List<Tensor> split(int[] sizes, int axis) {
    return Rearrange.split(this, sizes, axis);
  }

  /**
   * Cut along the axis into that many pieces of one extent, rounded up: the last may be shorter,
   * and where the axis is used up before, there are fewer. Of an empty axis there is one, empty
   * piece.
   */
  public List<Tensor> chunk(int pieces, int axis) {
    return Rearrange.chunk(this, pieces, axis);
  }

  /** All positions along the axis, which vanishes: a list of what {@link #select} gives. */
  public List<Tensor> unbind(int axis) {
    return Rearrange.unbind(this, axis);
  }

  /** Laid side by side so many times along each axis; more counts than axes add leading ones. */
  public Tensor repeat(int... times) {
    return Rearrange.repeat(this, times);
  }

  /** Moved by {@code shift} places along the axis; what leaves at the end comes in at the start. */
  public Tensor roll(int shift, int axis) {
    return Rearrange.roll(this, shift, axis);
  }

  /** Joins tensors alike but for the extent of the axis. */
  public static Tensor concat(List<Tensor> tensors, int axis) {
    return Move.concat("concat", List.copyOf(tensors), axis);
  }

  /** Joins tensors of one shape along a new axis. */
  public static Tensor stack(List<Tensor> tensors, int axis) {
    return Rearrange.stack(List.copyOf(tensors), axis);
  }

  // ---- indexing -------------------------------------------------------------------------------

  /** {@code out[.., i, ..] = this[.., indices[.., i, ..], ..]} along the axis; INT64 indices. */
  public Tensor gather(int axis, Tensor indices) {
    return Indexing.gather(this, axis, indices);
  }

  /**
   * Zeros with extent {@code size} along the axis, to which this tensor is added at the indices
   * (INT64, of this shape); duplicates accumulate.
   */
  public Tensor scatterAdd(int axis, Tensor indices, int size) {
    return Indexing.scatterAdd(this, axis, indices, size);
  }

  /** The positions {@code indices}, INT64 {@code [N]}, along the axis. */
  public Tensor indexSelect(int axis, Tensor indices) {
    return Indexing.indexSelect(this, axis, indices);
  }

  /** INT64 {@code [.., classes]}: 1 at each index, of this INT64 tensor {@code [..]}, else 0. */
  public Tensor oneHot(int classes) {
    return Indexing.oneHot(this, classes);
  }

  /**
   * The elements where the BOOL mask, which broadcasts to this shape, holds, in row-major order:
   * {@code [count]}, NumPy's {@code x[mask]}. How many they are depends on the mask's values, which
   * are read on the host.
   */
  public Tensor maskedSelect(Tensor mask) {
    return Masking.maskedSelect(this, mask);
  }

  /** {@code value} where the BOOL mask, which broadcasts to this shape, holds. */
  public Tensor maskedFill(Tensor mask, double value) {
    return Masking.maskedFill(this, mask, value);
  }

  /** The matrices with zeros above a diagonal: 0 is the main one, 1 the one above. */
  public Tensor tril(int diagonal) {
    return Masking.tril(this, diagonal);
  }

  /** The matrices with zeros below a diagonal: 0 is the main one, 1 the one above. */
  public Tensor triu(int diagonal) {
    return Masking.triu(this, diagonal);
  }

  // ---- contraction ----------------------------------------------------------------------------

  /**
   * The matrix product, batched with broadcasting over leading axes. A vector is a row on the left
   * and a column on the right, whose axis vanishes: {@code [K], [K] -> []}, {@code [K], [.., K, C]
   * -> [.., C]}, {@code [.., R, K], [K] -> [.., R]}.
   */
  public Tensor matmul(Tensor other) {
    return Contraction.matmul(this, other);
  }

  /** The inner product of two vectors: {@code [N], [N] -> []}. */
  public Tensor dot(Tensor other) {
    return Contraction.dot(this, other);
  }

  /** All products of the elements of two vectors: {@code [N], [M] -> [N, M]}. */
  public Tensor outer(Tensor other) {
    return Contraction.outer(this, other);
  }

  /** The affine map {@code this weight^T + bias}: {@code [N, D], [M, D], [M] -> [N, M]}. */
  public Tensor linear(Tensor weight, Tensor bias) {
    return Contraction.linear(this, weight, bias, false);
  }

  /** The affine map followed by ReLU, fused where the backend can. */
  public Tensor linearRelu(Tensor weight, Tensor bias) {
    return Contraction.linear(this, weight, bias, true);
  }

  /**
   * The sum of products that a formula in Einstein's notation names: {@code "ij,jk->ik"} is the
   * matrix product, {@code "ii"} the trace, {@code "...ij->...ji"} a transpose. Without an arrow
   * the result has the letters that occur once, in alphabetical order, after those axes under the
   * ellipsis.
   */
  public static Tensor einsum(String formula, Tensor... operands) {
    return Einsum.einsum(formula, operands);
  }

  // ---- printing ---------------------------------------------------------------------------------

  /** Dtype, shape and backend: {@code float32 [50, 10] on cpu}. */
  public String describe() {
    return dtype + " " + shape + " on " + backend.info().name();
  }

  /**
   * The values as NumPy prints them, with at most 4 decimals and of more than 1000 elements only
   * those at the edges, then what {@link #describe} says: {@code [1. 2.5] float32 [2] on cpu}.
   */
  @Override
  public String toString() {
    if (isClosed() || backend.isClosed()) {
      return describe() + ", closed";
    }
    return toHost() + " on " + backend.info().name();
  }
}
