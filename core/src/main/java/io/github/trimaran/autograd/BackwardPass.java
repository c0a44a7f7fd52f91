package io.github.trimaran.autograd;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.GradFn;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.LayerPath;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** One walk from a result back to the nodes whose gradients are wanted. */
final class BackwardPass {

  private final Set<GradFn> wanted;

  /** Nodes not to look behind. */
  private final Set<GradFn> ends;

  private final boolean differentiable;

  /** Is told of each wanted node's gradient when nothing will be added to it any more. */
  private final BiConsumer<GradFn, Tensor> complete;

  /** The nodes from which a wanted one is reached: the others are left alone. */
  private final Set<GradFn> needed = identitySet();

  /** Gradients, complete or still being summed up. */
  private final Map<GradFn, Tensor> gradients = new IdentityHashMap<>();

  /** The tensors among them that this pass made, and may release once they have been passed on. */
  private final Set<Tensor> temporary = identitySet();

  private BackwardPass(
      Set<GradFn> wanted,
      Set<GradFn> ends,
      boolean differentiable,
      BiConsumer<GradFn, Tensor> complete) {
    this.wanted = wanted;
    this.ends = ends;
    this.differentiable = differentiable;
    this.complete = complete;
  }

  /**
   * The gradients of those wanted nodes that {@code root} depends on.
   *
   * @param seed the gradient of {@code root}
   * @param differentiable whether the pass is recorded, so that it can be differentiated in turn
   * @param complete is told of each of them as soon as it is complete
   */
  static Map<GradFn, Tensor> run(
      GradFn root,
      Tensor seed,
      Set<GradFn> wanted,
      boolean differentiable,
      BiConsumer<GradFn, Tensor> complete) {
    return new BackwardPass(wanted, identitySet(), differentiable, complete).run(root, seed);
  }

  private Map<GradFn, Tensor> run(GradFn root, Tensor seed) {
    List<GradFn> order = operandsFirst(root);
    gradients.put(root, seed);
    for (int i = order.size() - 1; i >= 0; i--) {
      GradFn node = order.get(i);
      if (needed.contains(node) && gradients.containsKey(node)) {
        if (wanted.contains(node)) {
          complete.accept(node, gradients.get(node)); // what uses it comes before it here
        }
        passOn(node);
      }
    }
    gradients.keySet().retainAll(wanted);
    return gradients;
  }

  /** Topological order by depth-first search, without recursion, for deep graphs; fills needed. */
  private List<GradFn> operandsFirst(GradFn root) {
    record Visit(GradFn node, int[] next) {}
    List<GradFn> order = new ArrayList<>();
    Set<GradFn> seen = identitySet();
    Deque<Visit> path = new ArrayDeque<>();
    seen.add(root);
    path.push(new Visit(root, new int[1]));
    while (!path.isEmpty()) {
      Visit visit = path.peek();
      GradFn node = visit.node();
      int next = visit.next()[0]++;
      if (next < operandCount(node)) {
        GradFn operand = node.input(next);
        if (operand != null && seen.add(operand)) {
          path.push(new Visit(operand, new int[1]));
        }
      } else {
        path.pop();
        order.add(node);
        if (wanted.contains(node) || leadsToWanted(node)) {
          needed.add(node);
        }
      }
    }
    return order;
  }

  private int operandCount(GradFn node) {
    return ends.contains(node) ? 0 : node.inputCount();
  }

  private boolean leadsToWanted(GradFn node) {
    for (int i = 0; i < operandCount(node); i++) {
      if (isNeeded(node.input(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isNeeded(GradFn node) {
    return node != null && needed.contains(node);
  }

  /** Adds a node's share to the gradients of its operands. */
  private void passOn(GradFn node) {
    boolean[] asked = new boolean[operandCount(node)];
    boolean any = false;
    for (int i = 0; i < asked.length; i++) {
      asked[i] = isNeeded(node.input(i));
      any |= asked[i];
    }
    if (!any) {
      return;
    }
    Tensor outputGrad = gradients.get(node);
    try (LayerPath path = LayerPath.at(node.layer())) {
      if (differentiable) {
        accumulate(node, asked, outputGrad);
      } else {
        try (Scope scope = Scope.open("the backward pass of " + node.name())) {
          for (Tensor sum : accumulate(node, asked, outputGrad)) {
            if (scope.owns(sum)) {
              scope.keep(sum);
              temporary.add(sum);
            }
          }
        }
        if (!wanted.contains(node)) {
          gradients.remove(node);
          releaseUnused(outputGrad);
        }
      }
    }
  }

  /** Returns the sums that it changed. */
  private List<Tensor> accumulate(GradFn node, boolean[] asked, Tensor outputGrad) {
    Tensor[] shares = shares(node, asked, outputGrad);
    List<Tensor> changed = new ArrayList<>();
    for (int i = 0; i < asked.length; i++) {
      if (asked[i] && shares[i] != null) {
        GradFn operand = node.input(i);
        // The one place where broadcasting is undone: a stretched operand gets the sum of its
        // gradient.
        Tensor share = unbroadcast(shares[i], operand.shape());
        Tensor sum = gradients.get(operand);
        Tensor updated = sum == null ? share : sum.add(share);
        gradients.put(operand, updated);
        changed.add(updated);
        if (sum != null) {
          releaseUnused(sum);
        }
      }
    }
    return changed;
  }

  private static Tensor unbroadcast(Tensor share, Shape shape) {
    return share.shape().equals(shape) ? share : share.sumTo(shape);
  }

  private Tensor[] shares(GradFn node, boolean[] asked, Tensor outputGrad) {
    if (!(differentiable && node.isFused())) {
      Tensor[] shares = node.vjp(outputGrad, asked);
      if (shares != null) {
        return shares;
      }
    }
    return sharesOfComposition(node, asked, outputGrad);
  }

  /** Differentiates a fused operation through the primitives it stands for, up to its operands. */
  private Tensor[] sharesOfComposition(GradFn node, boolean[] asked, Tensor outputGrad) {
    Set<GradFn> operands = identitySet();
    for (int i = 0; i < asked.length; i++) {
      if (asked[i]) {
        operands.add(node.input(i));
      }
    }
    GradFn composed;
    try (GradMode on = GradMode.enable()) {
      composed = node.compose().gradFn();
    }
    Map<GradFn, Tensor> found =
        new BackwardPass(operands, operands, differentiable, (operand, gradient) -> {})
            .run(composed, outputGrad);
    Tensor[] shares = new Tensor[asked.length];
    for (int i = 0; i < asked.length; i++) {
      // An operand given twice has its whole gradient at its first place.
      shares[i] = asked[i] ? found.remove(node.input(i)) : null;
    }
    return shares;
  }

  /**
   * Releases a tensor this pass made, unless it is, or shares its array with, a gradient still in
   * use.
   */
  private void releaseUnused(Tensor tensor) {
    if (temporary.contains(tensor) && gradients.values().stream().noneMatch(tensor::sameAs)) {
      temporary.remove(tensor);
      tensor.close("the backward pass");
    }
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
