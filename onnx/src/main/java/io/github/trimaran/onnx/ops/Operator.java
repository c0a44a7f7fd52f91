package io.github.trimaran.onnx.ops;

import io.github.trimaran.onnx.file.Attribute;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An operator of ONNX: which settings and inputs it may have, and how it is computed.
 *
 * <pre>{@code
 * Operators.find("Softmax").flatMap(operator -> operator.objection(node)) // empty: it is known
 * }</pre>
 */
public final class Operator {

  /** What an attribute may be: its kind, and its values if only some are known. */
  private record Setting(Attribute.Kind kind, List<String> choices) {}

  /** Computes the outputs. */
  @FunctionalInterface
  interface Kernel {
    Value[] run(Call call);
  }

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final int fewestInputs;
  private final int mostInputs;
  private final int mostOutputs;
  private final Kernel kernel;

  /**
   * An operator.
   *
   * @param settings its attributes, separated by spaces, each with its kind: {@code f}, {@code i},
   *     {@code s}, {@code t}, or several as {@code fs}, {@code is}, {@code ss}; and where only some
   *     values are known, those: {@code "axis:i mode:s=nearest|linear"}
   */
  Operator(String settings, int fewestInputs, int mostInputs, int mostOutputs, Kernel kernel) {
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(" ", -1)) {
      String[] parts = setting.split("[:=]", -1);
      List<String> choices = parts.length > 2 ? List.of(parts[2].split("\\|", -1)) : List.of();
      this.settings.put(parts[0], new Setting(kind(parts[1]), choices));
    }
    this.fewestInputs = fewestInputs;
    this.mostInputs = mostInputs;
    this.mostOutputs = mostOutputs;
    this.kernel = kernel;
  }

  /** One tensor of the inputs. */
  static Operator of(String settings, int fewest, int most, Function<Call, Tensor> function) {
    return new Operator(
        settings, fewest, most, 1, call -> new Value[] {Value.of(function.apply(call))});
  }

  /** A function of one tensor, without settings. */
  static Operator unary(UnaryOperator<Tensor> function) {
    return of("", 1, 1, call -> function.apply(call.tensor(0)));
  }

  /** A function of two tensors, without settings. */
  static Operator binary(BinaryOperator<Tensor> function) {
    return of("", 2, 2, call -> function.apply(call.tensor(0), call.tensor(1)));
  }

  private static Attribute.Kind kind(String letter) {
    return switch (letter) {
      case "f" -> Attribute.Kind.FLOAT;
      case "i" -> Attribute.Kind.INT;
      case "s" -> Attribute.Kind.STRING;
      case "t" -> Attribute.Kind.TENSOR;
      case "fs" -> Attribute.Kind.FLOATS;
      case "is" -> Attribute.Kind.INTS;
      case "ss" -> Attribute.Kind.STRINGS;
      default -> throw new IllegalArgumentException("no kind '" + letter + "'");
    };
  }

  /** Why a node cannot be computed, whatever it is given. */
  public Optional<String> objection(Node node) {
    for (Attribute attribute : node.attributes().values()) {
      Setting setting = settings.get(attribute.name());
      if (setting == null) {
        return Optional.of("attribute '" + attribute.name() + "'");
      }
      if (attribute.kind() != setting.kind()) {
        return Optional.of("attribute '" + attribute.name() + "' of an unexpected type");
      }
      String value = String.valueOf(attribute.value());
      if (!setting.choices().isEmpty() && !setting.choices().contains(value)) {
        return Optional.of("attribute " + attribute.name() + " = " + value);
      }
    }
    int inputs = node.inputs().size();
    if (inputs < fewestInputs || inputs > mostInputs) {
      return Optional.of(inputs + " inputs instead of " + range());
    }
    if (node.outputs().size() > mostOutputs) {
      return Optional.of(node.outputs().size() + " outputs");
    }
    for (int i = 0; i < fewestInputs; i++) {
      if (node.inputs().get(i).isEmpty()) {
        return Optional.of("input " + i + " left out");
      }
    }
    return Optional.empty();
  }

  private String range() {
    return fewestInputs == mostInputs ? "" + fewestInputs : fewestInputs + " to " + mostInputs;
  }

  /** Computes the outputs, as many as the node has. */
  public Value[] run(Call call) {
    Value[] folded = HostFolding.fold(call);
    Value[] outputs = folded == null ? kernel.run(call) : folded;
    return Arrays.copyOf(outputs, call.node().outputs().size());
  }
}
