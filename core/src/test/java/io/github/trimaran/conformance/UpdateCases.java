package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.ArrayList;
import java.util.List;

/**
 * sgdUpdate, adamUpdate and rmsPropUpdate. The first operand is the parameter, the second the
 * gradient, the others the optimiser's state; results are the parameter and the state after the
 * step.
 */
final class UpdateCases<A> {

  /** A step on a backend's arrays, in place; whether it is fused. */
  @FunctionalInterface
  private interface InPlace<A> {
    boolean step(Backend<A> backend, List<A> arrays);
  }

  /** A step on tensors, in place. */
  @FunctionalInterface
  private interface InPlaceTensors {
    void step(List<Tensor> tensors);
  }

  /** A step on the numbers of one element, in place, as its record's formula has it. */
  @FunctionalInterface
  interface Formula {
    void step(double[] numbers);
  }

  private static final List<Shape> SHAPES =
      List.of(Shape.of(3, 4), Shape.scalar(), Shape.of(0, 2), Shape.of(1031));

  private static <A> Operation<A> operation(
      InPlace<A> backend, InPlaceTensors tensors, Formula formula) {
    return new Operation<>(
        (b, x) -> {
          List<A> copies = new ArrayList<>();
          for (A array : x) {
            copies.add(b.fromHost(b.toHost(array)));
          }
          boolean fused = backend.step(b, copies);
          b.release(copies.remove(1));
          if (!fused) {
            copies.forEach(b::release);
            return List.of();
          }
          return copies;
        },
        x -> {
          List<Tensor> copies = new ArrayList<>();
          for (Tensor tensor : x) {
            copies.add(Tensor.of(tensor.backend(), tensor.toHost()));
          }
          tensors.step(copies);
          copies.remove(1);
          return copies;
        },
        x -> stepped(x, formula),
        Tolerance.nearOne(8));
  }

  /** The operands after a step, without the gradient. */
  static List<Grid> stepped(List<Grid> x, Formula formula) {
    List<Grid> after = new ArrayList<>();
    for (Grid grid : x) {
      after.add(new Grid(grid.shape(), grid.dtype(), grid.values().clone()));
    }
    for (int i = 0; i < x.get(0).values().length; i++) {
      double[] numbers = new double[x.size()];
      for (int j = 0; j < numbers.length; j++) {
        numbers[j] = x.get(j).values()[i];
      }
      formula.step(numbers);
      for (int j = 0; j < numbers.length; j++) {
        after.get(j).values()[i] = numbers[j];
      }
    }
    after.remove(1);
    return after;
  }

  /** On parameter, gradient and, with momentum, velocity. */
  static Formula formula(SgdStep step) {
    return n -> {
      n[0] -= step.rate() * step.decay() * n[0];
      double v = n[1];
      if (step.momentum() != 0) {
        n[2] = step.momentum() * n[2] + n[1];
        v = n[2];
      }
      n[0] -= step.rate() * (step.nesterov() ? n[1] + step.momentum() * v : v);
    };
  }

  /** On parameter, gradient, mean and square. */
  static Formula formula(AdamStep step) {
    return n -> {
      n[0] -= step.rate() * step.decay() * n[0];
      n[2] = step.beta1() * n[2] + (1 - step.beta1()) * n[1];
      n[3] = step.beta2() * n[3] + (1 - step.beta2()) * n[1] * n[1];
      double root = Math.sqrt(n[3] / step.correction2()) + step.epsilon();
      n[0] -= step.rate() * (n[2] / step.correction1()) / root;
    };
  }

  /** On parameter, gradient, square and, with momentum, velocity. */
  static Formula formula(RmsPropStep step) {
    return n -> {
      n[0] -= step.rate() * step.decay() * n[0];
      n[2] = step.alpha() * n[2] + (1 - step.alpha()) * n[1] * n[1];
      double v = n[1] / (Math.sqrt(n[2]) + step.epsilon());
      if (step.momentum() != 0) {
        n[3] = step.momentum() * n[3] + v;
        v = n[3];
      }
      n[0] -= step.rate() * v;
    };
  }

  void addTo(Catalogue<A> to) {
    for (double decay : new double[] {0, 0.1}) {
      sgd(to, new SgdStep(0.05, 0, false, decay));
      sgd(to, new SgdStep(0.05, 0.9, false, decay));
      sgd(to, new SgdStep(0.05, 0.9, true, decay));
      rmsProp(to, new RmsPropStep(0.01, 0.99, 1e-8, 0, decay));
      rmsProp(to, new RmsPropStep(0.01, 0.9, 1e-8, 0.9, decay));
      for (int t : new int[] {1, 2, 1000}) {
        adam(
            to,
            new AdamStep(
                0.01, 0.9, 0.999, 1e-8, decay, 1 - Math.pow(0.9, t), 1 - Math.pow(0.999, t)));
      }
    }
  }

  private void sgd(Catalogue<A> to, SgdStep step) {
    boolean momentum = step.momentum() != 0;
    Operation<A> operation =
        operation(
            (b, x) -> b.sgdUpdate(x.get(0), x.get(1), momentum ? x.get(2) : null, step),
            x -> Updates.sgd(x.get(0), x.get(1), momentum ? x.get(2) : null, step),
            formula(step));
    to.add(
        "sgdUpdate",
        Catalogue.FLOATS,
        "" + step,
        p -> {
          for (Shape shape : SHAPES) {
            List<HostArray> operands = new ArrayList<>();
            for (int i = 0; i < (momentum ? 3 : 2); i++) {
              operands.add(p.values(shape.dims()));
            }
            p.check(operation, operands.toArray(new HostArray[0]));
          }
        });
  }

  private void adam(Catalogue<A> to, AdamStep step) {
    Operation<A> operation =
        operation(
            (b, x) -> b.adamUpdate(x.get(0), x.get(1), x.get(2), x.get(3), step),
            x -> Updates.adam(x.get(0), x.get(1), x.get(2), x.get(3), step),
            formula(step));
    to.add(
        "adamUpdate",
        Catalogue.FLOATS,
        "" + step,
        p -> {
          for (Shape shape : SHAPES) {
            p.check(
                operation,
                p.values(shape.dims()),
                p.values(shape.dims()),
                p.values(shape.dims()),
                p.between(0.1, 1, shape.dims()));
          }
        });
  }

  private void rmsProp(Catalogue<A> to, RmsPropStep step) {
    boolean momentum = step.momentum() != 0;
    Operation<A> operation =
        operation(
            (b, x) ->
                b.rmsPropUpdate(x.get(0), x.get(1), x.get(2), momentum ? x.get(3) : null, step),
            x -> Updates.rmsProp(x.get(0), x.get(1), x.get(2), momentum ? x.get(3) : null, step),
            formula(step));
    to.add(
        "rmsPropUpdate",
        Catalogue.FLOATS,
        "" + step,
        p -> {
          for (Shape shape : SHAPES) {
            List<HostArray> operands = new ArrayList<>();
            operands.add(p.values(shape.dims()));
            operands.add(p.values(shape.dims()));
            operands.add(p.between(0.1, 1, shape.dims()));
            if (momentum) {
              operands.add(p.values(shape.dims()));
            }
            p.check(operation, operands.toArray(new HostArray[0]));
          }
        });
  }
}
