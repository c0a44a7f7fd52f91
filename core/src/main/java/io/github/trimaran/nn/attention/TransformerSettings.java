package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import java.util.function.Supplier;

/** What the transformer's layers have in common. Changed only while a changed copy is made. */
final class TransformerSettings {

  final int width;
  final int heads;
  int feedForward = 2048;
  double dropout = 0.1;
  Supplier<? extends Layer> activation = ReLU::new;
  double epsilon = 1e-5;
  boolean normFirst;
  boolean batchFirst;
  boolean bias = true;
  RotaryPositions rotary;
  Initializer inputInit;
  Initializer outputInit;

  TransformerSettings(int width, int heads) {
    this.width = width;
    this.heads = heads;
  }

  TransformerSettings copy() {
    TransformerSettings copy = new TransformerSettings(width, heads);
    copy.feedForward = feedForward;
    copy.dropout = dropout;
    copy.activation = activation;
    copy.epsilon = epsilon;
    copy.normFirst = normFirst;
    copy.batchFirst = batchFirst;
    copy.bias = bias;
    copy.rotary = rotary;
    copy.inputInit = inputInit;
    copy.outputInit = outputInit;
    return copy;
  }

  /** Attention among the positions of one sequence. */
  MultiHeadAttention selfAttention() {
    return rotary == null ? attention() : attention().rotary(rotary);
  }

  MultiHeadAttention attention() {
    MultiHeadAttention made = new MultiHeadAttention(width, heads).dropout(dropout);
    made = batchFirst ? made.batchFirst() : made;
    made = bias ? made : made.withoutBias();
    made = inputInit == null ? made : made.weightInit(inputInit);
    return outputInit == null ? made : made.outputInit(outputInit);
  }

  LayerNorm norm() {
    LayerNorm norm = new LayerNorm(width).epsilon(epsilon);
    return bias ? norm : norm.withoutBias();
  }

  Linear widen() {
    return linear(new Linear(width, feedForward), inputInit);
  }

  Linear narrow() {
    return linear(new Linear(feedForward, width), outputInit);
  }

  private Linear linear(Linear map, Initializer init) {
    Linear biased = bias ? map : map.withoutBias();
    if (init == null) {
      return biased;
    }
    return bias ? biased.weightInit(init).biasInit(Initializers.zeros()) : biased.weightInit(init);
  }

  @Override
  public String toString() {
    return width
        + ", heads "
        + heads
        + (normFirst ? ", norm first" : "")
        + (batchFirst ? ", batch first" : "");
  }

  Form form() {
    return Form.of("width", width)
        .with("heads", heads)
        .with("feed_forward", feedForward)
        .with("dropout", dropout)
        .with("activation", activation.get())
        .with("epsilon", epsilon, 1e-5)
        .with("norm_first", normFirst, false)
        .with("batch_first", batchFirst, false)
        .with("bias", bias, true)
        .with("rotary", rotary, null);
  }
}
