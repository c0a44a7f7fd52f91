package io.github.trimaran.nn.forms;

import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.AlphaDropout;
import io.github.trimaran.nn.CELU;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Dropout1d;
import io.github.trimaran.nn.Dropout2d;
import io.github.trimaran.nn.ELU;
import io.github.trimaran.nn.Embedding;
import io.github.trimaran.nn.FixedConv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.GELU;
import io.github.trimaran.nn.GLU;
import io.github.trimaran.nn.Hardsigmoid;
import io.github.trimaran.nn.Hardswish;
import io.github.trimaran.nn.Hardtanh;
import io.github.trimaran.nn.Identity;
import io.github.trimaran.nn.LeakyReLU;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.LogSigmoid;
import io.github.trimaran.nn.LogSoftmax;
import io.github.trimaran.nn.Mish;
import io.github.trimaran.nn.PReLU;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.ReLU6;
import io.github.trimaran.nn.Reshape;
import io.github.trimaran.nn.SELU;
import io.github.trimaran.nn.Scale;
import io.github.trimaran.nn.SiLU;
import io.github.trimaran.nn.Sigmoid;
import io.github.trimaran.nn.Softmax;
import io.github.trimaran.nn.Softplus;
import io.github.trimaran.nn.Softsign;
import io.github.trimaran.nn.Tanh;
import io.github.trimaran.nn.Unflatten;

/** Activations, dropout, affine maps, and layers that change the shape alone. */
final class ElementForms {

  private ElementForms() {}

  static Forms addTo(Forms forms) {
    return others(dropouts(plain(forms)))
        .with(CELU.class, (json, all) -> new CELU(json.number("alpha")))
        .with(ELU.class, (json, all) -> new ELU(json.number("alpha")))
        .with(GLU.class, (json, all) -> new GLU(json.int32("axis")))
        .with(Hardtanh.class, (json, all) -> new Hardtanh(json.number("low"), json.number("high")))
        .with(LeakyReLU.class, (json, all) -> new LeakyReLU(json.number("slope")))
        .with(LogSoftmax.class, (json, all) -> new LogSoftmax(json.int32("axis")))
        .with(PReLU.class, (json, all) -> new PReLU(json.int32("slopes")))
        .with(Scale.class, (json, all) -> new Scale(json.number("factor")))
        .with(Softmax.class, (json, all) -> new Softmax(json.int32("axis")))
        .with(
            Softplus.class,
            (json, all) -> new Softplus(json.number("beta")).threshold(json.number("threshold")));
  }

  private static Forms plain(Forms forms) {
    return forms
        .with(GELU.class, (json, all) -> gelu(json))
        .with(Hardsigmoid.class, (json, all) -> new Hardsigmoid())
        .with(Hardswish.class, (json, all) -> new Hardswish())
        .with(Identity.class, (json, all) -> new Identity())
        .with(LogSigmoid.class, (json, all) -> new LogSigmoid())
        .with(Mish.class, (json, all) -> new Mish())
        .with(ReLU.class, (json, all) -> new ReLU())
        .with(ReLU6.class, (json, all) -> new ReLU6())
        .with(SELU.class, (json, all) -> new SELU())
        .with(SiLU.class, (json, all) -> new SiLU())
        .with(Sigmoid.class, (json, all) -> new Sigmoid())
        .with(Softsign.class, (json, all) -> new Softsign())
        .with(Tanh.class, (json, all) -> new Tanh());
  }

  private static Forms dropouts(Forms forms) {
    String share = "probability";
    return forms
        .with(AlphaDropout.class, (json, all) -> new AlphaDropout(json.number(share)))
        .with(Dropout.class, (json, all) -> new Dropout(json.number(share)))
        .with(Dropout1d.class, (json, all) -> new Dropout1d(json.number(share)))
        .with(Dropout2d.class, (json, all) -> new Dropout2d(json.number(share)));
  }

  private static Forms others(Forms forms) {
    return forms
        .with(Linear.class, (json, all) -> linear(json))
        .with(Embedding.class, (json, all) -> embedding(json))
        .with(FixedConv2d.class, (json, all) -> new FixedConv2d(Shape.of(json.int32s("weight"))))
        .with(Flatten.class, (json, all) -> new Flatten(json.int32("first"), json.int32("last")))
        .with(Reshape.class, (json, all) -> new Reshape(json.int32s("extents")))
        .with(
            Unflatten.class,
            (json, all) -> new Unflatten(json.int32("axis"), json.int32s("extents")));
  }

  private static Linear linear(JsonObject json) throws JsonException {
    Linear linear = new Linear(json.int32("inputs"), json.int32("outputs"));
    return json.bool("bias", true) ? linear : linear.withoutBias();
  }

  /**
   * Named as in PyTorch; what names none, as forms did when there was but one, is the tanh form.
   */
  private static GELU gelu(JsonObject json) throws JsonException {
    String approximate = json.has("approximate") ? json.string("approximate") : "tanh";
    return switch (approximate) {
      case "none" -> GELU.exact();
      case "tanh" -> new GELU();
      default ->
          throw new JsonException(
              "model: approximate must be 'none' or 'tanh', is '" + approximate + "'");
    };
  }

  private static Embedding embedding(JsonObject json) throws JsonException {
    Embedding embedding = new Embedding(json.int32("tokens"), json.int32("width"));
    return json.has("padding_index")
        ? embedding.paddingIndex(json.int32("padding_index"))
        : embedding;
  }
}
