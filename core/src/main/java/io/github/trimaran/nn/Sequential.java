package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Layers one after the other. A layer directly before a {@link ReLU} is computed with it, in one
 * pass where the backend can.
 *
 * <pre>{@code
 * Sequential model = new Sequential(
 *     new Conv2d(1, 16, 5).padding(2), new ReLU(), new Flatten(), new Linear(16 * 28 * 28, 10));
 * Sequential named = Sequential.builder().add("fc1", new Linear(784, 10)).build();
 * }</pre>
 */
public class Sequential extends Layer {

  private final List<Layer> layers;

  /** For models with a class of their own. */
  protected Sequential(Builder builder) {
    builder.named.forEach((name, layer) -> child(name, layer));
    layers = List.copyOf(builder.named.values());
  }

  /** Layers named by their position: {@code "0"}, {@code "1"}, ... as PyTorch does. */
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /** Layers named by their position. */
  public Sequential(List<? extends Layer> layers) {
    this(numbered(layers));
  }

  private static Builder numbered(List<? extends Layer> layers) {
    Builder builder = builder();
    for (int i = 0; i < layers.size(); i++) {
      builder.add(Integer.toString(i), layers.get(i));
    }
    return builder;
  }

  /** For layers with names of their own. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects layers and their names. */
  public static final class Builder {

    private final Map<String, Layer> named = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a layer behind the others. */
    public Builder add(String name, Layer layer) {
      if (named.put(name, layer) != null) {
        throw new IllegalArgumentException("Sequential: two layers are called '" + name + "'");
      }
      return this;
    }

    /** The layers so far, as one. */
    public Sequential build() {
      return new Sequential(this);
    }
  }

  /** The layers in order. */
  public final List<Layer> layers() {
    return layers;
  }

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    return first(layers.size(), x, mode);
  }

  @Override
  protected final boolean addsInOnePass() {
    return !layers.isEmpty() && layers.get(layers.size() - 1).addsInOnePass();
  }

  @Override
  protected final Tensor computeAdded(Tensor x, Tensor added, boolean relu, Mode mode) {
    int last = layers.size() - 1;
    return layers.get(last).forwardAdded(first(last, x, mode), added, relu, mode);
  }

  /** What the first so many layers give. */
  private Tensor first(int count, Tensor x, Mode mode) {
    Tensor y = x;
    for (int i = 0; i < count; i++) {
      if (reluFollows(i) && !mode.isObserved()) {
        y = layers.get(i++).forwardRelu(y, mode);
      } else {
        y = layers.get(i).forward(y, mode);
      }
    }
    return y;
  }

  /**
   * What the named layers give for {@code x}, in evaluation; layers behind the last of them are not
   * computed.
   *
   * @throws IllegalArgumentException if there is no layer of a name
   */
  public final Map<String, Tensor> outputs(Tensor x, Collection<String> names) {
    for (String wanted : names) {
      if (!children().containsKey(wanted)) {
        throw new IllegalArgumentException(
            kind() + ": no layer '" + wanted + "'; there are " + children().keySet());
      }
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    Tensor y = x;
    for (int i = 0; outputs.size() < Set.copyOf(names).size(); i++) {
      if (reluFollows(i) && !names.contains(layers.get(i).name())) {
        y = layers.get(i++).forwardRelu(y, Mode.EVAL);
      } else {
        y = layers.get(i).forward(y);
      }
      if (names.contains(layers.get(i).name())) {
        outputs.put(layers.get(i).name(), y);
      }
    }
    return outputs;
  }

  private boolean reluFollows(int i) {
    return i + 1 < layers.size() && layers.get(i + 1) instanceof ReLU;
  }

  @Override
  public Form form() {
    return Form.of("layers", children());
  }
}
