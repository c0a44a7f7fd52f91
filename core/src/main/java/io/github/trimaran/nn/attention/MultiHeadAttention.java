package io.github.trimaran.nn.attention;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Attention by several heads, each on maps of its own (Vaswani et al. 2017, section 3.2.2);
 * PyTorch's {@code MultiheadAttention}.
 *
 * <pre>{@code
 * MultiHeadAttention attention = new MultiHeadAttention(128, 4).dropout(0.1).batchFirst();
 * Tensor y = attention.forward(x, AttentionMask.causal(), mode);      // self, x [N, T, 128]
 * Tensor z = attention.forward(x, memory, memory, mode);              // cross, memory [N, S, 128]
 * Tensor weights = attention.forwardWithWeights(x, x, x, AttentionMask.none(), mode).weights();   // [N, 4, T, T]
 * }</pre>
 *
 * <p><b>True in a mask means "may not attend"</b>, see {@link AttentionMask}. With E numbers a
 * position, queries are {@code [T, N, E]}, keys and values {@code [S, N, E]} and the result {@code
 * [T, N, E]}, as PyTorch has it; {@code [N, T, E]} and so on after {@link #batchFirst}. Each of the
 * h heads sees {@code E / h} numbers.
 *
 * <p>Parameters: {@code in_proj_weight [3 E, E]}, the rows those of queries, keys and values, first
 * drawn by {@link Initializers#xavierUniform}; {@code in_proj_bias [3 E]}, first 0; and the last
 * map's {@code out_proj.weight [E, E]} and {@code out_proj.bias [E]}, first 0. After {@link
 * #keyWidth} or {@link #valueWidth}, {@code q_proj_weight [E, E]}, {@code k_proj_weight [E, K]} and
 * {@code v_proj_weight [E, V]} stand for the first.
 */
public final class MultiHeadAttention extends Model {

  /** Changed only while a changed copy is made. */
  private static final class Settings {
    final int width;
    final int heads;
    int keyWidth;
    int valueWidth;
    double dropout;
    boolean bias = true;
    boolean batchFirst;
    RotaryPositions rotary;
    Initializer inputInit = Initializers.xavierUniform();
    Initializer outputInit = Initializers.torchDefault();

    Settings(int width, int heads) {
      if (width < 1 || heads < 1 || width % heads != 0) {
        throw new IllegalArgumentException(
            "MultiHeadAttention: the width must be a multiple of the heads, are "
                + width
                + " and "
                + heads);
      }
      this.width = width;
      this.heads = heads;
      keyWidth = width;
      valueWidth = width;
    }

    Settings copy() {
      Settings copy = new Settings(width, heads);
      copy.keyWidth = keyWidth;
      copy.valueWidth = valueWidth;
      copy.dropout = dropout;
      copy.bias = bias;
      copy.batchFirst = batchFirst;
      copy.rotary = rotary;
      copy.inputInit = inputInit;
      copy.outputInit = outputInit;
      return copy;
    }

    boolean oneWidth() {
      return keyWidth == width && valueWidth == width;
    }
  }

  private final Settings settings;
  private final InputMaps inputMaps;
  private final Linear outputMap;
  private final Dropout dropout;

  private MultiHeadAttention(Settings settings) {
    this.settings = settings;
    int width = settings.width;
    Variable[] weights;
    if (settings.oneWidth()) {
      weights = new Variable[] {weight("in_proj_weight", 3 * width, width)};
    } else {
      weights =
          new Variable[] {
            weight("q_proj_weight", width, width),
            weight("k_proj_weight", width, settings.keyWidth),
            weight("v_proj_weight", width, settings.valueWidth)
          };
    }
    Variable bias =
        settings.bias
            ? parameter(
                "in_proj_bias", Parameter.Role.BIAS, Shape.of(3 * width), Initializers.zeros())
            : null;
    inputMaps = new InputMaps(settings.heads, settings.batchFirst, bias, weights);
    Linear map = new Linear(width, width).weightInit(settings.outputInit);
    outputMap =
        child("out_proj", settings.bias ? map.biasInit(Initializers.zeros()) : map.withoutBias());
    dropout = new Dropout(settings.dropout);
  }

  private Variable weight(String localName, int rows, int columns) {
    return parameter(localName, Parameter.Role.WEIGHT, Shape.of(rows, columns), settings.inputInit);
  }

  /**
   * Of that width and number of heads.
   *
   * @throws IllegalArgumentException if the heads do not divide the width
   */
  public MultiHeadAttention(int width, int heads) {
    this(new Settings(width, heads));
  }

  // ---- settings -------------------------------------------------------------------------------

  private MultiHeadAttention changed(String setting, Consumer<Settings> change) {
    requireNotInitialised(setting);
    Settings copy = settings.copy();
    change.accept(copy);
    return new MultiHeadAttention(copy);
  }

  /** The same for keys of another width than the queries. */
  public MultiHeadAttention keyWidth(int width) {
    return changed("keyWidth", s -> s.keyWidth = width);
  }

  /** The same for values of another width than the queries. */
  public MultiHeadAttention valueWidth(int width) {
    return changed("valueWidth", s -> s.valueWidth = width);
  }

  /** The same with that dropout of the weights, see {@link Dropout}; first 0. */
  public MultiHeadAttention dropout(double probability) {
    return changed("dropout", s -> s.dropout = probability);
  }

  /** The same without biases. */
  public MultiHeadAttention withoutBias() {
    return changed("bias", s -> s.bias = false);
  }

  /** The same for {@code [N, T, E]} and {@code [N, S, E]}. */
  public MultiHeadAttention batchFirst() {
    return changed("batchFirst", s -> s.batchFirst = true);
  }

  /**
   * The same with the queries and keys of each head turned by their positions.
   *
   * @param positions of the width of a head
   */
  public MultiHeadAttention rotary(RotaryPositions positions) {
    if (positions.width() != settings.width / settings.heads) {
      throw error(
          "rotary positions must have the width of a head, "
              + settings.width / settings.heads
              + ", have "
              + positions.width());
    }
    return changed("rotary", s -> s.rotary = positions);
  }

  /** The same with other first weights of the maps of queries, keys and values. */
  public MultiHeadAttention weightInit(Initializer initializer) {
    return changed("weightInit", s -> s.inputInit = initializer);
  }

  /** The same with other first weights of the last map. */
  public MultiHeadAttention outputInit(Initializer initializer) {
    return changed("outputInit", s -> s.outputInit = initializer);
  }

  // ---- the functions --------------------------------------------------------------------------

  /** Self-attention: each position attends to all. */
  public Tensor forward(Tensor x, Mode mode) {
    return forward(x, x, x, AttentionMask.none(), mode);
  }

  /** Self-attention: each position attends to those that the mask allows. */
  public Tensor forward(Tensor x, AttentionMask mask, Mode mode) {
    return forward(x, x, x, mask, mode);
  }

  /** Queries attend to all keys. */
  public Tensor forward(Tensor query, Tensor key, Tensor value, Mode mode) {
    return forward(query, key, value, AttentionMask.none(), mode);
  }

  /**
   * Queries attend to the keys that the mask allows.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Tensor forward(Tensor query, Tensor key, Tensor value, AttentionMask mask, Mode mode) {
    return run(mode, () -> attend(query, key, value, mask, mode).output());
  }

  /**
   * The same, giving the weights of each head, {@code [N, h, T, S]}, as they were used, after
   * dropout. Their {@code mean(1)} is what PyTorch gives by default.
   */
  public Attention.Output forwardWithWeights(
      Tensor query, Tensor key, Tensor value, AttentionMask mask, Mode mode) {
    return run(mode, () -> attend(query, key, value, mask, mode));
  }

  private Attention.Output attend(
      Tensor query, Tensor key, Tensor value, AttentionMask mask, Mode mode) {
    requireInput("query", query, settings.width);
    requireInput("key", key, settings.keyWidth);
    requireInput("value", value, settings.valueWidth);
    requireOneBatch(query.shape(), key.shape(), value.shape());
    Tensor[] heads = inputMaps.apply(query, key, value);
    if (settings.rotary != null) {
      heads[0] = settings.rotary.forward(heads[0], mode);
      heads[1] = settings.rotary.forward(heads[1], mode);
    }
    Attention.Output attended =
        Attention.withWeights(
            heads[0], heads[1], heads[2], mask, weights -> dropout.forward(weights, mode));
    Tensor apart =
        settings.batchFirst
            ? attended.output().permute(0, 2, 1, 3)
            : attended.output().permute(2, 0, 1, 3);
    Tensor output = outputMap.forward(apart.reshape(query.shape()), mode);
    return new Attention.Output(output, attended.weights());
  }

  private void requireInput(String role, Tensor x, int width) {
    if (x.shape().rank() != 3 || x.shape().dim(2) != width) {
      throw error(
          role
              + " must be "
              + (settings.batchFirst ? "[N, T, " : "[T, N, ")
              + width
              + "], is "
              + x.shape());
    }
  }

  private void requireOneBatch(Shape query, Shape key, Shape value) {
    int batch = settings.batchFirst ? 0 : 1;
    boolean fit =
        query.dim(batch) == key.dim(batch)
            && key.dim(0) == value.dim(0)
            && key.dim(1) == value.dim(1);
    if (!fit) {
      throw error(
          "query, key and value must be of one batch, key and value of one length, are "
              + query
              + ", "
              + key
              + " and "
              + value
              + (settings.batchFirst ? "" : "; where the batch comes first use batchFirst()"));
    }
  }

  @Override
  protected String describe() {
    return settings.width
        + ", heads "
        + settings.heads
        + (settings.oneWidth()
            ? ""
            : ", keys " + settings.keyWidth + ", values " + settings.valueWidth)
        + (settings.dropout == 0 ? "" : ", dropout " + settings.dropout)
        + (settings.bias ? "" : ", without bias")
        + (settings.batchFirst ? ", batch first" : "")
        + (settings.rotary == null ? "" : ", rotary");
  }
}
