package io.github.trimaran.conformance;

import static io.github.trimaran.array.DType.BOOL;
import static io.github.trimaran.array.DType.FLOAT32;
import static io.github.trimaran.array.DType.FLOAT64;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** Facts, host values there and back, full, cast, assign and release. */
final class CreationCases<A> {

  private static final List<Shape> SHAPES =
      List.of(
          Shape.scalar(),
          Shape.of(1),
          Shape.of(0),
          Shape.of(2, 0, 3),
          Shape.of(2, 3, 4),
          Shape.of(1, 2, 1, 3, 1),
          Shape.of(4099));

  void addTo(Catalogue<A> to) {
    facts(to);
    hostValues(to);
    full(to);
    cast(to);
    assign(to);
    release(to);
  }

  private void facts(Catalogue<A> to) {
    to.add(
        "info",
        DType.FLOAT32,
        "says what it is",
        p -> {
          BackendInfo info = p.backend().info();
          if (info.name().isBlank()
              || info.device().isBlank()
              || info.kernels().isBlank()
              || info.threads() < 1) {
            throw new AssertionError("incomplete: " + info);
          }
        });
    to.add("sync", DType.FLOAT32, "returns", p -> p.backend().sync());
    for (String method : List.of("shape", "dtype", "liveArrays")) {
      to.add(
          method,
          Catalogue.ALL,
          "of each shape",
          p -> {
            for (Shape shape : SHAPES) {
              long before = p.backend().liveArrays();
              A a = p.backend().fromHost(p.values(shape.dims()));
              Comparison.requireEqual("shape", shape, p.backend().shape(a));
              Comparison.requireEqual("dtype", p.dtype(), p.backend().dtype(a));
              p.requireLive(before + 1, "after fromHost");
              p.backend().release(a);
              p.requireLive(before, "after release");
            }
          });
    }
  }

  private void hostValues(Catalogue<A> to) {
    for (String method : List.of("fromHost", "toHost")) {
      to.add(
          method,
          Catalogue.ALL,
          "there and back",
          p -> {
            for (Shape shape : SHAPES) {
              HostArray values = p.values(shape.dims());
              A a = p.backend().fromHost(values);
              Comparison.requireSame("there and back", values, p.backend().toHost(a));
              p.backend().release(a);
            }
          });
    }
    to.add(
        "fromHost",
        Catalogue.ALL,
        "is a copy",
        p -> {
          HostArray values = p.array(new double[] {0, 1, 0}, 3);
          HostArray original = values.to(values.dtype());
          A a = p.backend().fromHost(values);
          values.set(0, 1);
          Comparison.requireSame("after a change at home", original, p.backend().toHost(a));
          p.backend().release(a);
        });
    to.add(
        "toHost",
        Catalogue.ALL,
        "is a copy",
        p -> {
          HostArray values = p.array(new double[] {0, 1, 0}, 3);
          A a = p.backend().fromHost(values);
          p.backend().toHost(a).set(0, 1);
          Comparison.requireSame("after a change at home", values, p.backend().toHost(a));
          p.backend().release(a);
        });
    to.add(
        "fromHost",
        Catalogue.FLOATS,
        "special values",
        p -> {
          HostArray values =
              p.array(
                  new double[] {
                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e-30
                  },
                  5);
          A a = p.backend().fromHost(values);
          Comparison.requireSame("there and back", values, p.backend().toHost(a));
          p.backend().release(a);
        });
    for (String method : List.of("fromHost", "toHost")) {
      to.add(
          method,
          DType.INT64,
          "beyond 2^53",
          p -> {
            HostArray values =
                HostArray.of(
                    new long[] {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1}, Shape.of(3));
            A a = p.backend().fromHost(values);
            Comparison.requireSame("there and back", values, p.backend().toHost(a));
            p.backend().release(a);
          });
    }
  }

  private void full(Catalogue<A> to) {
    for (double value : new double[] {0, 1, -3, 2.7}) {
      to.add(
          "full",
          value == Math.rint(value) ? Catalogue.ALL : List.of(FLOAT32, FLOAT64, BOOL),
          "of " + value,
          p -> {
            for (Shape shape : SHAPES) {
              Grid constant = Grid.fill(shape, p.dtype(), index -> value);
              HostArray expected = constant.toHost();
              p.check(
                  Operation.primitive(
                      (b, x) -> b.full(shape, p.dtype(), value),
                      x -> Tensor.full(p.backend(), shape, p.dtype(), value),
                      x -> Grid.of(expected),
                      Tolerance.exact()));
            }
          });
    }
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      to.add(
          "full",
          Catalogue.FLOATS,
          "of " + value,
          p ->
              p.check(
                  Operation.primitive(
                      (b, x) -> b.full(Shape.of(2, 3), p.dtype(), value),
                      x -> Tensor.full(p.backend(), Shape.of(2, 3), p.dtype(), value),
                      x -> Grid.fill(Shape.of(2, 3), p.dtype(), index -> value),
                      Tolerance.exact())));
    }
  }

  private void cast(Catalogue<A> to) {
    for (DType target : DType.values()) {
      Operation<A> cast =
          Operation.primitive(
              (b, x) -> b.cast(x.get(0), target),
              x -> x.get(0).to(target),
              x -> converted(x.get(0), target),
              Tolerance.exact());
      to.add(
          "cast",
          Catalogue.ALL,
          "to " + target,
          p -> {
            for (Shape shape : SHAPES) {
              p.check(cast, p.values(shape.dims()));
            }
          });
      to.add(
          "cast",
          Catalogue.NUMBERS,
          "to " + target + " by hand",
          p -> {
            double[] values = {2.75, -2.75, 0.5, -0.5, 0, 7};
            double[] whole = {2, -2, 0, 0, 0, 7};
            double[] given = p.dtype().isFloating() ? values : whole;
            double[] expected =
                switch (target) {
                  case FLOAT32, FLOAT64 -> given;
                  case INT64 -> whole;
                  case BOOL ->
                      p.dtype().isFloating()
                          ? new double[] {1, 1, 1, 1, 0, 1}
                          : new double[] {1, 1, 0, 0, 0, 1};
                };
            p.checkByHand(cast, HostArray.of(expected, Shape.of(6)).to(target), p.array(given, 6));
          });
    }
    to.add(
        "cast",
        DType.FLOAT64,
        "to float32 rounds, and overflows to infinity",
        p ->
            p.checkByHand(
                Operation.primitive(
                    (b, x) -> b.cast(x.get(0), DType.FLOAT32),
                    x -> x.get(0).to(DType.FLOAT32),
                    x -> converted(x.get(0), DType.FLOAT32),
                    Tolerance.exact()),
                HostArray.of(new float[] {0.1f, Float.POSITIVE_INFINITY, Float.NaN}, Shape.of(3)),
                p.array(new double[] {0.1, 1e300, Double.NaN}, 3)));
    to.add(
        "cast",
        DType.INT64,
        "to int64 beyond 2^53",
        p -> {
          HostArray values = HostArray.of(new long[] {(1L << 53) + 1}, Shape.of(1));
          A a = p.backend().fromHost(values);
          A same = p.backend().cast(a, DType.INT64);
          Comparison.requireSame("same dtype", values, p.backend().toHost(same));
          List.of(a, same).forEach(p.backend()::release);
        });
  }

  private static Grid converted(Grid a, DType target) {
    return Grid.fill(
        a.shape(),
        target,
        index -> {
          double value = a.at(index);
          return switch (target) {
            case FLOAT32 -> (float) value;
            case FLOAT64 -> value;
            case INT64 -> value < 0 ? Math.ceil(value) + 0.0 : Math.floor(value);
            case BOOL -> value == 0 ? 0 : 1;
          };
        });
  }

  private void assign(Catalogue<A> to) {
    for (Shape shape : SHAPES) {
      to.add(
          "assign",
          Catalogue.ALL,
          "to shape " + shape,
          p -> {
            for (Layout from : Layout.values()) {
              assign(p, Layout.DENSE, from, shape);
            }
          });
    }
    for (Layout target : List.of(Layout.PERMUTED, Layout.FLIPPED, Layout.SLICED, Layout.STRIDED)) {
      to.add(
          "assign",
          Catalogue.ALL,
          "to a target that was " + target,
          p -> assign(p, target, Layout.DENSE, Shape.of(2, 3, 4)));
    }
    to.add(
        "assign",
        Catalogue.ALL,
        "a flipped view of the target itself",
        p -> {
          Grid values = Grid.of(p.values(3, 4));
          A target = p.backend().fromHost(values.toHost());
          A flipped = p.backend().flip(target, 0, 1);
          p.backend().assign(target, flipped);
          HostArray expected = MoveOracles.flip(values, 0, 1).toHost();
          Comparison.requireSame("overlapping", expected, p.backend().toHost(target));
          List.of(target, flipped).forEach(p.backend()::release);
        });
    to.add(
        "assign",
        Catalogue.ALL,
        "leaves the value and later results alone",
        p -> {
          Backend<A> backend = p.backend();
          HostArray first = p.array(new double[] {0, 1, 0}, 3);
          HostArray second = p.array(new double[] {1, 0, 1}, 3);
          A target = backend.fromHost(first);
          A value = backend.fromHost(second);
          backend.assign(target, value);
          backend.assign(target, target);
          A third = backend.fromHost(first);
          backend.assign(value, third);
          Comparison.requireSame("the target", second, backend.toHost(target));
          List.of(third, target, value).forEach(backend::release);
        });
  }

  private void assign(Probe<A> p, Layout targetLayout, Layout valueLayout, Shape shape) {
    Backend<A> backend = p.backend();
    Grid values = valueLayout.adapt(Grid.of(p.values(shape.dims())));
    A target = targetLayout.arrange(Arranger.on(backend), Grid.of(p.values(shape.dims())));
    A value = valueLayout.arrange(Arranger.on(backend), values);
    backend.assign(target, value);
    Comparison.requireSame("the target", values.toHost(), backend.toHost(target));
    backend.release(value);
    Comparison.requireSame("the target, value gone", values.toHost(), backend.toHost(target));
    backend.release(target);
  }

  private void release(Catalogue<A> to) {
    to.add(
        "release",
        Catalogue.ALL,
        "views in every order",
        p -> {
          for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {0, 2, 1}}) {
            releaseViews(p, order);
          }
        });
  }

  private void releaseViews(Probe<A> p, int... order) {
    Backend<A> backend = p.backend();
    HostArray values = p.values(4, 5);
    A base = backend.fromHost(values);
    A turned = backend.permute(base, 1, 0);
    A part = backend.slice(turned, new int[] {1, 0}, new int[] {5, 4}, new int[] {2, 1});
    List<A> arrays = List.of(base, turned, part);
    Grid grid = Grid.of(values);
    Grid turnedGrid = MoveOracles.permute(grid, 1, 0);
    List<Grid> expected =
        List.of(
            grid,
            turnedGrid,
            MoveOracles.slice(turnedGrid, new int[] {1, 0}, new int[] {5, 4}, new int[] {2, 1}));
    long live = backend.liveArrays();
    for (int i = 0; i < order.length; i++) {
      for (int j = i; j < order.length; j++) {
        Comparison.requireSame(
            "a view while others are released",
            expected.get(order[j]).toHost(),
            backend.toHost(arrays.get(order[j])));
      }
      backend.release(arrays.get(order[i]));
      p.requireLive(live - i - 1, "after each release");
      backend.release(backend.full(Shape.of(4, 5), p.dtype(), 77));
    }
  }
}
