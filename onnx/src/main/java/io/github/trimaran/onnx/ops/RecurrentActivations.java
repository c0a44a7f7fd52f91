package io.github.trimaran.onnx.ops;

import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The activation functions of recurrent operators, by name, with alphas and betas of their own. */
final class RecurrentActivations {

  private final float[] alphas;
  private final float[] betas;
  private int alpha;
  private int beta;

  private RecurrentActivations(Call call) {
    alphas = call.node().floats("activation_alpha");
    betas = call.node().floats("activation_beta");
  }

  /** Those of one direction; each takes the next alpha and beta, if it has any. */
  static List<UnaryOperator<Tensor>> of(Call call, List<String> defaults, int direction) {
    List<String> names = call.node().texts("activations");
    if (names.isEmpty()) {
      RecurrentActivations none = new RecurrentActivations(call);
      return defaults.stream().map(name -> none.of(call, name)).toList();
    }
    int first = direction * defaults.size();
    if (names.size() < first + defaults.size()) {
      throw call.error("needs " + defaults.size() + " activations a direction, has " + names);
    }
    RecurrentActivations settings = new RecurrentActivations(call);
    List<UnaryOperator<Tensor>> all = new ArrayList<>();
    for (String name : names) {
      all.add(settings.of(call, name));
    }
    return all.subList(first, first + defaults.size());
  }

  private double alpha(double otherwise) {
    return alphas != null && alpha < alphas.length ? alphas[alpha++] : otherwise;
  }

  private double beta(double otherwise) {
    return betas != null && beta < betas.length ? betas[beta++] : otherwise;
  }

  private UnaryOperator<Tensor> of(Call call, String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sigmoid" -> Tensor::sigmoid;
      case "tanh" -> Tensor::tanh;
      case "relu" -> Tensor::relu;
      case "softsign" -> x -> x.div(x.abs().add(1));
      case "softplus" -> Activations::softplus;
      case "elu" -> {
        double a = alpha(1);
        yield x -> Activations.elu(x, a);
      }
      case "leakyrelu" -> {
        double a = alpha(0.01f);
        yield x -> Activations.leaky(x, a);
      }
      case "thresholdedrelu" -> {
        double a = alpha(1);
        yield x -> Activations.above(x, a);
      }
      case "affine" -> {
        double a = alpha(1);
        double b = beta(0);
        yield x -> x.mul(a).add(b);
      }
      case "scaledtanh" -> {
        double a = alpha(1);
        double b = beta(1);
        yield x -> x.mul(b).tanh().mul(a);
      }
      case "hardsigmoid" -> {
        double a = alpha(0.2f);
        double b = beta(0.5f);
        yield x -> Activations.hardSigmoid(x, a, b);
      }
      default -> throw call.error("activation '" + name + "' is not known");
    };
  }
}
