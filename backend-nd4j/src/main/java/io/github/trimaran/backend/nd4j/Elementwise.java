package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.nd4j.Flat.Kernel;
import io.github.trimaran.backend.nd4j.Libnd4j.View;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;

/** Arithmetic, functions, comparisons and selection, element by element. */
final class Elementwise {

  private static final double[] NO_FLOATS = {};

  private final Allocator allocator;
  private final Workers workers;
  private final Moves moves;
  private final Flat flat;
  private final Libnd4j libnd4j;

  private final int erf = new Erf().opNum();
  private final int neg = new Negative().opNum();
  private final int abs = new Abs().opNum();
  private final int exp = new Exp().opNum();
  private final int log = new Log().opNum();
  private final int sin = new Sin().opNum();
  private final int cos = new Cos().opNum();
  private final int sqrt = new Sqrt().opNum();

  Elementwise(Allocator allocator, Workers workers, Moves moves, Libnd4j libnd4j) {
    this.allocator = allocator;
    this.workers = workers;
    this.moves = moves;
    this.flat = new Flat(workers);
    this.libnd4j = libnd4j;
  }

  // ---- functions of one operand -----------------------------------------------------------------

  private interface Transform {
    void apply(int number, View a, View result);
  }

  Nd4jArray neg(Nd4jArray a) {
    return transform(libnd4j::transformSame, neg, a);
  }

  Nd4jArray abs(Nd4jArray a) {
    return transform(libnd4j::transformSame, abs, a);
  }

  Nd4jArray exp(Nd4jArray a) {
    return transform(libnd4j::transformStrict, exp, a);
  }

  Nd4jArray log(Nd4jArray a) {
    return transform(libnd4j::transformStrict, log, a);
  }

  Nd4jArray sin(Nd4jArray a) {
    return transform(libnd4j::transformStrict, sin, a);
  }

  Nd4jArray cos(Nd4jArray a) {
    return transform(libnd4j::transformStrict, cos, a);
  }

  Nd4jArray erf(Nd4jArray a) {
    return transform(libnd4j::transformStrict, erf, a);
  }

  Nd4jArray sqrt(Nd4jArray a) {
    return transform(libnd4j::transformFloat, sqrt, a);
  }

  private Nd4jArray transform(Transform transform, int number, Nd4jArray a) {
    return allocator.create(
        a.shape(),
        a.dtype(),
        out ->
            workers.ranges(
                a.size(),
                Scratch.GRAIN,
                (start, end) -> {
                  Shape piece = Shape.of(end - start);
                  transform.apply(number, View.of(a, start, piece), View.of(out, start, piece));
                }));
  }

  /** A kernel of one operand. */
  Nd4jArray map(Kernel kernel, Nd4jArray a) {
    return allocator.create(a.shape(), a.dtype(), out -> flat.apply(kernel, a, null, out));
  }

  /** A kernel of one operand, in its place. */
  void mapInPlace(Kernel kernel, Nd4jArray a) {
    if (a.size() > 0) {
      flat.apply(kernel, a, null, a);
    }
  }

  // ---- of two operands, broadcasting ------------------------------------------------------------

  /** ND4J's operation of that name, its result of the operands' type. */
  Nd4jArray arithmetic(String name, Nd4jArray a, Nd4jArray b) {
    return pairwise(name, a, b, a.dtype());
  }

  /** ND4J's operation of that name, its result BOOL. */
  Nd4jArray comparison(String name, Nd4jArray a, Nd4jArray b) {
    return pairwise(name, a, b, DType.BOOL);
  }

  private Nd4jArray pairwise(String name, Nd4jArray a, Nd4jArray b, DType dtype) {
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    return allocator.create(
        shape,
        dtype,
        out -> {
          if (a.shape().equals(b.shape())) {
            inPieces(name, a, b, out);
          } else {
            List<View> operands = List.of(broadcasting(a, b, shape), broadcasting(b, a, shape));
            libnd4j.execute(name, operands, List.of(View.of(out)), NO_FLOATS);
          }
        });
  }

  /**
   * How an operand is handed over. ND4J takes what has one element for a scalar, whatever its rank,
   * and wants the result in the shape of the other: {@code [1, 1]} and {@code [3]} would not fit
   * {@code [1, 3]}. So the one is handed over as a scalar, and the other in the result's shape.
   */
  private static View broadcasting(Nd4jArray operand, Nd4jArray other, Shape result) {
    if (operand.size() == 1) {
      return View.of(operand, 0, other.size() == 1 ? result : Shape.scalar());
    }
    return View.of(operand, 0, other.size() == 1 ? result : operand.shape());
  }

  private void inPieces(String name, Nd4jArray a, Nd4jArray b, Nd4jArray out) {
    workers.ranges(
        out.size(),
        Scratch.GRAIN,
        (start, end) -> {
          Shape piece = Shape.of(end - start);
          libnd4j.execute(
              name,
              List.of(View.of(a, start, piece), View.of(b, start, piece)),
              List.of(View.of(out, start, piece)),
              NO_FLOATS);
        });
  }

  /** A kernel of two operands. */
  Nd4jArray combine(Kernel kernel, Nd4jArray a, Nd4jArray b) {
    Shape shape = Shape.broadcast("nd4j", a.shape(), b.shape());
    return allocator.create(
        shape,
        a.dtype(),
        out -> stretched(a, shape, x -> stretched(b, shape, y -> flat.apply(kernel, x, y, out))));
  }

  // ---- truth values -----------------------------------------------------------------------------

  Nd4jArray logicalNot(Nd4jArray a) {
    return allocator.create(
        a.shape(),
        DType.BOOL,
        out ->
            pieces(
                out.size(),
                (at, count) -> {
                  byte[] x = Scratch.get().bytes(0);
                  a.bytes().get(at, x, 0, count);
                  for (int i = 0; i < count; i++) {
                    x[i] ^= 1;
                  }
                  out.bytes().put(at, x, 0, count);
                }));
  }

  /** A function of two truth values, each 0 or 1. */
  interface Truth {
    int apply(int a, int b);
  }

  Nd4jArray logical(Truth truth, Nd4jArray a, Nd4jArray b) {
    Shape shape = Shape.broadcast("nd4j", a.shape(), b.shape());
    return allocator.create(
        shape,
        DType.BOOL,
        out -> stretched(a, shape, x -> stretched(b, shape, y -> logical(truth, x, y, out))));
  }

  private void logical(Truth truth, Nd4jArray a, Nd4jArray b, Nd4jArray out) {
    pieces(
        out.size(),
        (at, count) -> {
          byte[] x = Scratch.get().bytes(0);
          byte[] y = Scratch.get().bytes(1);
          a.bytes().get(at, x, 0, count);
          b.bytes().get(at, y, 0, count);
          for (int i = 0; i < count; i++) {
            x[i] = (byte) truth.apply(x[i], y[i]);
          }
          out.bytes().put(at, x, 0, count);
        });
  }

  // ---- selection and conversion -----------------------------------------------------------------

  Nd4jArray where(Nd4jArray condition, Nd4jArray a, Nd4jArray b) {
    Shape shape =
        Shape.broadcast("where", condition.shape(), Shape.broadcast("where", a.shape(), b.shape()));
    return allocator.create(
        shape,
        a.dtype(),
        out ->
            stretched(
                condition,
                shape,
                c -> stretched(a, shape, x -> stretched(b, shape, y -> select(c, x, y, out)))));
  }

  private void select(Nd4jArray condition, Nd4jArray a, Nd4jArray b, Nd4jArray out) {
    pieces(
        out.size(),
        (at, count) -> {
          for (int i = at; i < at + count; i++) {
            Nd4jArray chosen = condition.bytes().get(i) != 0 ? a : b;
            switch (out.dtype()) {
              case BOOL -> out.bytes().put(i, chosen.bytes().get(i));
              case FLOAT32 -> out.ints().put(i, chosen.ints().get(i));
              case FLOAT64, INT64 -> out.longs().put(i, chosen.longs().get(i));
            }
          }
        });
  }

  Nd4jArray cast(Nd4jArray a, DType dtype) {
    if (a.dtype() == dtype) {
      return moves.copy(a);
    }
    return allocator.create(
        a.shape(),
        dtype,
        out ->
            pieces(
                a.size(),
                (at, count) -> {
                  if (a.dtype() == DType.INT64 && dtype == DType.FLOAT32) {
                    // By way of double, it would be rounded twice.
                    for (int i = at; i < at + count; i++) {
                      out.floats().put(i, (float) a.longs().get(i));
                    }
                  } else {
                    double[] values = Scratch.get().doubles(0);
                    Values.read(a, at, values, count);
                    Values.write(values, out, at, count);
                  }
                }));
  }

  private interface Piece {
    void accept(int start, int count);
  }

  private void pieces(int size, Piece piece) {
    workers.ranges(
        size,
        Scratch.GRAIN,
        (start, end) -> {
          for (int at = start; at < end; at += Scratch.LENGTH) {
            piece.accept(at, Math.min(Scratch.LENGTH, end - at));
          }
        });
  }

  /** Hands on {@code a}, or a copy stretched to {@code shape} that is gone afterwards. */
  private void stretched(Nd4jArray a, Shape shape, Consumer<Nd4jArray> body) {
    if (a.shape().equals(shape)) {
      body.accept(a);
      return;
    }
    Nd4jArray wide = moves.broadcastTo(a, shape);
    try {
      body.accept(wide);
    } finally {
      allocator.release(wide);
    }
  }
}
