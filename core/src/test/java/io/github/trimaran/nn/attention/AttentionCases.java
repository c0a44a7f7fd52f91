package io.github.trimaran.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ModelGradients;
import io.github.trimaran.nn.SiLU;
import io.github.trimaran.nn.TorchValues;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What attention and the transformer's layers must give on every backend: PyTorch's outputs and
 * weights from its state dictionaries, and gradients that agree with differences.
 */
public final class AttentionCases {

  private static final Mode EVAL = Mode.EVAL;

  private final Backend<?> backend;

  public AttentionCases(Backend<?> backend) {
    this.backend = backend;
  }

  /** What went in, as tensors of one dtype. */
  private record Given(TorchValues torch, Backend<?> backend, DType dtype, Tensor x) {

    Tensor get(String name) {
      return torch.get(name, backend, dtype);
    }

    AttentionMask padding(AttentionMask mask) {
      return mask.keyPadding(get("padding"));
    }
  }

  /** A model's function of what is given. */
  private interface Function<M extends Model> {
    List<Tensor> apply(M model, Given given);
  }

  private record Case<M extends Model>(String name, Supplier<M> make, Function<M> function) {

    M model(Backend<?> backend, DType dtype) {
      M model = make.get();
      model.init(backend, dtype, TorchValues.of("attention.pth", name).state());
      return model;
    }

    List<Tensor> run(M model, Given given) {
      return function.apply(model, given);
    }
  }

  private static List<Tensor> attended(
      MultiHeadAttention model, Tensor q, Tensor k, Tensor v, AttentionMask mask) {
    return model.forwardWithWeights(q, k, v, mask, EVAL).tensors();
  }

  private static MultiHeadAttention attention() {
    return new MultiHeadAttention(4, 2);
  }

  private static TransformerEncoderLayer encoderLayer() {
    return new TransformerEncoderLayer(4, 2).feedForward(6);
  }

  private static TransformerDecoderLayer decoderLayer() {
    return new TransformerDecoderLayer(4, 2).feedForward(6);
  }

  private static final AttentionMask NONE = AttentionMask.none();
  private static final AttentionMask CAUSAL = AttentionMask.causal();

  private static final List<Case<?>> CASES =
      List.of(
          new Case<>(
              "self", () -> attention(), (m, in) -> attended(m, in.x(), in.x(), in.x(), NONE)),
          new Case<>(
              "self_masked",
              () -> attention().batchFirst(),
              (m, in) ->
                  attended(
                      m, in.x(), in.x(), in.x(), in.padding(AttentionMask.of(in.get("mask"))))),
          new Case<>(
              "self_causal",
              () -> attention().batchFirst().withoutBias(),
              (m, in) -> attended(m, in.x(), in.x(), in.x(), CAUSAL)),
          new Case<>(
              "cross",
              () -> attention().keyWidth(3).valueWidth(5),
              (m, in) ->
                  attended(
                      m, in.x(), in.get("key"), in.get("value"), AttentionMask.of(in.get("mask")))),
          new Case<>(
              "cross_memory",
              () -> attention(),
              (m, in) -> {
                Tensor memory = in.get("key");
                return attended(m, in.x(), memory, memory, NONE);
              }),
          new Case<>("encoder_layer", () -> encoderLayer(), (m, in) -> List.of(m.forward(in.x()))),
          new Case<>(
              "encoder_layer_first",
              () -> encoderLayer().activation(SiLU::new).normFirst().batchFirst().epsilon(1e-3),
              (m, in) ->
                  List.of(m.forward(in.x(), in.padding(AttentionMask.of(in.get("mask"))), EVAL))),
          new Case<>(
              "decoder_layer",
              () -> decoderLayer(),
              (m, in) ->
                  List.of(m.forward(in.x(), in.get("memory"), CAUSAL, in.padding(NONE), EVAL))),
          new Case<>(
              "decoder_layer_first",
              () -> decoderLayer().normFirst().batchFirst(),
              (m, in) -> List.of(m.forward(in.x(), in.get("memory"), EVAL))),
          new Case<>(
              "encoder",
              () -> new TransformerEncoder(encoderLayer().normFirst(), 2).norm(new LayerNorm(4)),
              (m, in) -> List.of(m.forward(in.x(), in.padding(NONE), EVAL))),
          new Case<>(
              "decoder",
              () -> new TransformerDecoder(decoderLayer(), 2),
              (m, in) ->
                  List.of(m.forward(in.x(), in.get("memory"), CAUSAL, in.padding(NONE), EVAL))));

  public Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case<?> one : CASES) {
      tests.add(
          DynamicTest.dynamicTest(
              one.name() + " as PyTorch, float64", () -> compare(one, DType.FLOAT64, 1e-12)));
      tests.add(
          DynamicTest.dynamicTest(
              one.name() + " as PyTorch, float32", () -> compare(one, DType.FLOAT32, 1e-5)));
      // The stacks are made of the layers, which are checked.
      if (!one.name().equals("encoder") && !one.name().equals("decoder")) {
        tests.add(DynamicTest.dynamicTest(one.name() + ", gradients", () -> gradients(one)));
      }
    }
    return tests.stream();
  }

  private <M extends Model> void compare(Case<M> one, DType dtype, double tolerance) {
    TorchValues torch = TorchValues.of("attention.pth", one.name());
    try (M model = one.model(backend, dtype);
        Scope scope = Scope.open()) {
      Given given = new Given(torch, backend, dtype, torch.get("x", backend, dtype));
      List<Tensor> results = one.run(model, given);
      List<String> names = List.of("output", "weights");
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).shape()).isEqualTo(torch.get(names.get(i)).shape());
        assertThat(results.get(i).toDoubles())
            .as(names.get(i))
            .containsExactly(torch.get(names.get(i)).toDoubles(), within(tolerance));
      }
    }
  }

  private <M extends Model> void gradients(Case<M> one) {
    TorchValues torch = TorchValues.of("attention.pth", one.name());
    try (M model = one.model(backend, DType.FLOAT64);
        Scope scope = Scope.open()) {
      Tensor x = torch.get("x", backend, DType.FLOAT64).requiresGrad();
      java.util.function.Function<Tensor[], List<Tensor>> function =
          in -> one.run(model, new Given(torch, backend, DType.FLOAT64, in[0]));
      if (model instanceof MultiHeadAttention) {
        ModelGradients.check(model, function, x);
      } else {
        ModelGradients.checkFirstOrder(model, function, x);
      }
    }
  }
}
