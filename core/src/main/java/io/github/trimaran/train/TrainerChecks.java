package io.github.trimaran.train;

import io.github.trimaran.data.BatchSource;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.Metric;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Refuses settings of a {@link Trainer} that make no sense. */
final class TrainerChecks {

  private TrainerChecks() {}

  static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("training: " + name + " must be at least 1, is " + value);
    }
  }

  /** {@code judges}: whether something hangs on how good the model is. */
  static void requireValidation(boolean judges, List<Metric> metrics, BatchSource validation) {
    if (validation != null) {
      return;
    }
    if (judges) {
      throw new IllegalArgumentException(
          "training: keeping the best model, stopping early or lowering the rate on a plateau"
              + " needs validation data");
    }
    if (!metrics.isEmpty()) {
      throw new IllegalArgumentException("training: metrics need validation data");
    }
  }

  /** An optimiser of other parameters would train without any effect. */
  static void requireTrainable(Model model, Optimizer optimizer) {
    Set<Tensor> own = Collections.newSetFromMap(new IdentityHashMap<>());
    own.addAll(Parameter.tensors(model.parameters()));
    if (optimizer.parameters().stream().noneMatch(one -> own.contains(one.tensor()))) {
      throw new IllegalArgumentException(
          "training: the optimiser has no parameter of the model; make it of the parameters() of"
              + " the model that is trained");
    }
    if (optimizer.parameters().stream().allMatch(Parameter::isFrozen)) {
      throw new IllegalStateException(
          "training: all parameters of the optimiser are frozen; unfreeze() what is to be trained");
    }
  }
}
