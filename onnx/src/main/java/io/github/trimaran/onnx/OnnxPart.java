package io.github.trimaran.onnx;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Variable;
import java.util.function.Supplier;

/**
 * The weights whose names in the file begin alike, as {@code layer1.0.conv1.weight} and {@code
 * layer1.0.conv1.bias} do: a part of the model that can be found, frozen and seen in summaries.
 */
final class OnnxPart extends Model implements OnnxTree.Branch {

  @Override
  public OnnxPart branch(String local) {
    return child(local, new OnnxPart());
  }

  @Override
  public Variable leaf(String local, Parameter.Role role, Shape shape, Initializer values) {
    return role == null ? buffer(local, shape, values) : parameter(local, role, shape, values);
  }

  /** Computes as this part. */
  <T> T within(Mode mode, Supplier<T> computation) {
    return run(mode, computation);
  }
}
