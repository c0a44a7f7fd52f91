package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What was made of a tensor keeps its values when the tensor is changed, and the tensor when that
 * is: see {@link Tensor#assign}.
 */
final class AssignCases<A> {

  /** An operation whose result might share memory with its operand, {@code [3, 4]}. */
  private record View(String name, UnaryOperator<Tensor> of) {}

  private static final List<View> VIEWS =
      List.of(
          new View("reshape", x -> x.reshape(4, 3)),
          new View("reshape to the same shape", x -> x.reshape(3, 4)),
          new View("unsqueeze", x -> x.unsqueeze(0)),
          new View("squeeze of nothing", x -> x.squeeze()),
          new View("permute", x -> x.permute(1, 0)),
          new View("permute to the same order", x -> x.permute(0, 1)),
          new View("flip", x -> x.flip(0)),
          new View("flip along nothing", x -> x.flip()),
          new View("slice", x -> x.slice(new int[] {0, 1}, new int[] {3, 4}, new int[] {2, 1})),
          new View("narrow", x -> x.narrow(0, 1, 2)),
          new View("narrow to all", x -> x.narrow(0, 0, 3)),
          new View("select", x -> x.select(1, 2)),
          new View("split", x -> x.split(2, 1).get(1)),
          new View("chunk", x -> x.chunk(2, 1).get(1)),
          new View("chunk of one", x -> x.chunk(1, 0).get(0)),
          new View("unbind", x -> x.unbind(0).get(2)),
          new View("broadcastTo", x -> x.broadcastTo(Shape.of(2, 3, 4))),
          new View("broadcastTo the same shape", x -> x.broadcastTo(Shape.of(3, 4))),
          new View("sumTo the same shape", x -> x.sumTo(Shape.of(3, 4))),
          new View("to the same dtype", x -> x.to(x.dtype())),
          new View("to the same backend", x -> x.to(x.backend())),
          new View("roll by nothing", x -> x.roll(4, 1)),
          new View("pad by nothing", x -> x.pad(new int[2], new int[2], new int[2], 0)),
          new View("concat of one", x -> Tensor.concat(List.of(x), 0)),
          new View("views of views", x -> x.reshape(2, 6).mT().narrow(0, 1, 3).reshape(-1)));

  void addTo(Catalogue<A> to) {
    for (View view : VIEWS) {
      to.add("assign", Catalogue.NUMBERS, "after " + view.name(), p -> assigned(p, view.of()));
      to.add(
          "sgdUpdate",
          Catalogue.FLOATS,
          "after " + view.name(),
          p -> updated(p, view.of(), w -> Updates.sgd(w, w, null, new SgdStep(0.5, 0, false, 0))));
    }
    UnaryOperator<Tensor> view = x -> x.reshape(-1);
    to.add("sgdUpdate", Catalogue.FLOATS, "views of velocity", p -> states(p, view, 0));
    to.add(
        "adamUpdate", Catalogue.FLOATS, "views of parameter and states", p -> states(p, view, 1));
    to.add(
        "rmsPropUpdate",
        Catalogue.FLOATS,
        "views of parameter and states",
        p -> states(p, view, 2));
    to.add("assign", Catalogue.ALL, "what a tensor was assigned to keeps it", this::values);
    to.add("assign", Catalogue.FLOATS, "detached and recorded ones are the same", this::aspects);
    to.add("assign", Catalogue.ALL, "copies only while a view lives", this::copies);
  }

  private void assigned(Probe<A> p, UnaryOperator<Tensor> view) {
    try (Scope scope = Scope.open("an assign case")) {
      HostArray first = p.values(3, 4);
      Tensor x = Tensor.of(p.backend(), first);
      Tensor y = view.apply(x);
      HostArray seen = y.toHost();
      HostArray second = p.values(3, 4);
      x.assign(Tensor.of(p.backend(), second));
      Comparison.requireSame("the result", seen, y.toHost());
      Comparison.requireSame("the tensor", second, x.toHost());
      HostArray third = p.values(y.shape().dims());
      Tensor z = view.apply(x);
      z.assign(Tensor.of(p.backend(), third));
      Comparison.requireSame("the tensor after a change of the result", second, x.toHost());
      Comparison.requireSame("the result after its own change", third, z.toHost());
      x.assign(x.flip(0, 1));
      Comparison.requireSame(
          "a view of itself", MoveOracles.flip(Grid.of(second), 0, 1).toHost(), x.toHost());
    }
  }

  private void updated(Probe<A> p, UnaryOperator<Tensor> view, Consumer<Tensor> update) {
    try (Scope scope = Scope.open("an update case")) {
      HostArray first = p.values(3, 4);
      Tensor x = Tensor.of(p.backend(), first);
      Tensor y = view.apply(x);
      HostArray seen = y.toHost();
      update.accept(x);
      Comparison.requireSame("the result", seen, y.toHost());
      Comparison.requireSame(
          "the parameter", Tensor.of(p.backend(), first).mul(0.5).toHost(), x.toHost());
      Tensor z = view.apply(x);
      update.accept(z);
      Comparison.requireSame(
          "the parameter after an update of the result",
          Tensor.of(p.backend(), first).mul(0.5).toHost(),
          x.toHost());
    }
  }

  private void states(Probe<A> p, UnaryOperator<Tensor> view, int optimiser) {
    try (Scope scope = Scope.open("an update case")) {
      List<Tensor> changed = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        changed.add(Tensor.of(p.backend(), p.between(0.5, 1, 3, 4)));
      }
      Tensor gradient = Tensor.of(p.backend(), p.values(3, 4));
      List<Tensor> views = changed.stream().map(view).toList();
      List<HostArray> seen = views.stream().map(Tensor::toHost).toList();
      Tensor w = changed.get(0);
      switch (optimiser) {
        case 0 -> Updates.sgd(w, gradient, changed.get(1), new SgdStep(0.5, 0.9, false, 0));
        case 1 -> Updates.adam(w, gradient, changed.get(1), changed.get(2), adam());
        default -> Updates.rmsProp(w, gradient, changed.get(1), changed.get(2), rmsProp());
      }
      for (int i = 0; i < 3; i++) {
        Comparison.requireSame("view " + i, seen.get(i), views.get(i).toHost());
        boolean same = changed.get(i).reshape(-1).toHost().equals(seen.get(i));
        Comparison.requireEqual("state " + i + " unchanged", optimiser == 0 && i == 2, same);
      }
    }
  }

  private static AdamStep adam() {
    return new AdamStep(0.5, 0.9, 0.99, 1e-8, 0, 0.1, 0.01);
  }

  private static RmsPropStep rmsProp() {
    return new RmsPropStep(0.5, 0.9, 1e-8, 0.9, 0);
  }

  private void values(Probe<A> p) {
    try (Scope scope = Scope.open("an assign case")) {
      HostArray first = p.values(3, 4);
      Tensor x = Tensor.of(p.backend(), first);
      Tensor y = Tensor.of(p.backend(), p.values(3, 4));
      Tensor z = Tensor.of(p.backend(), p.values(4, 3));
      y.assign(x);
      z.assign(x.mT());
      x.assign(Tensor.of(p.backend(), p.values(3, 4)));
      Comparison.requireSame("assigned", first, y.toHost());
      Comparison.requireSame(
          "assigned a view", MoveOracles.permute(Grid.of(first), 1, 0).toHost(), z.toHost());
    }
  }

  private void aspects(Probe<A> p) {
    try (Scope scope = Scope.open("an assign case")) {
      Tensor x = Tensor.of(p.backend(), p.values(3, 4));
      Tensor view = x.reshape(-1);
      Tensor recorded = x.requiresGrad();
      Tensor detached = recorded.detach();
      HostArray second = p.values(3, 4);
      detached.assign(Tensor.of(p.backend(), second));
      Comparison.requireSame("the tensor", second, x.toHost());
      Comparison.requireSame("recorded", second, recorded.toHost());
      recorded.assign(Tensor.of(p.backend(), p.values(3, 4)));
      Comparison.requireSame("the tensor", recorded.toHost(), x.toHost());
      Comparison.requireSame("detached", recorded.toHost(), detached.toHost());
      Comparison.requireEqual("shape of the view", Shape.of(12), view.shape());
    }
  }

  /** Memory is taken for a copy while a view lives, and not once it was closed. */
  private void copies(Probe<A> p) {
    long before = p.backend().liveArrays();
    try (Scope scope = Scope.open("an assign case")) {
      Tensor x = Tensor.of(p.backend(), p.values(3, 4));
      Tensor value = Tensor.of(p.backend(), p.values(3, 4));
      Tensor view = x.reshape(-1);
      HostArray seen = view.toHost();
      for (int i = 0; i < 3; i++) {
        x.assign(value);
        p.requireLive(before + 3, "after an assign beside a view");
      }
      Comparison.requireSame("the view", seen, view.toHost());
      x.close();
      Comparison.requireSame("the view, its tensor gone", seen, view.toHost());
      view.assign(Tensor.zerosLike(view));
      Comparison.requireSame(
          "the view itself", HostArray.zeros(Shape.of(12), p.dtype()), view.toHost());
    }
  }
}
