package io.github.trimaran.nn.attention;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * Which keys a query may attend to.
 *
 * <pre>{@code
 * AttentionMask all = AttentionMask.none();
 * AttentionMask past = AttentionMask.causal();              // none that comes later
 * AttentionMask real = past.keyPadding(padding);            // BOOL [N, S], true = padding
 * AttentionMask chosen = AttentionMask.of(forbidden);       // BOOL [T, S], true = may NOT attend
 * AttentionMask weighed = AttentionMask.of(scores);         // floats [T, S], added to the scores
 * }</pre>
 *
 * <p><b>True means "may not attend"</b>, as in PyTorch's {@code attn_mask} and {@code
 * key_padding_mask} of its multi-head attention and its transformer. (PyTorch's function {@code
 * scaled_dot_product_attention} has it the other way round; this library has one meaning.) A mask
 * of floats is added to the scores before the softmax; where it is minus infinity, the key is left
 * out.
 *
 * <p>A query that may attend to nothing gets weights of 0 and hence 0, and no NaN, which PyTorch
 * gives before version 2.5.
 *
 * <p>With N samples, h heads, T queries and S keys a mask is {@code [T, S]}; or {@code [N h, T, S]}
 * as PyTorch has it; or whatever broadcasts to {@code [N, h, T, S]}. Its tensors belong to the
 * scope they were made in.
 */
public final class AttentionMask {

  private static final AttentionMask NONE = new AttentionMask(false, null, null);
  private static final AttentionMask CAUSAL = new AttentionMask(true, null, null);

  private final boolean causal;
  private final Tensor scores;
  private final Tensor keys;

  private AttentionMask(boolean causal, Tensor scores, Tensor keys) {
    this.causal = causal;
    this.scores = scores;
    this.keys = keys;
  }

  /** Every query may attend to every key. */
  public static AttentionMask none() {
    return NONE;
  }

  /** Query {@code i} may attend to the keys 0 to {@code i}. */
  public static AttentionMask causal() {
    return CAUSAL;
  }

  /**
   * A mask of one's own.
   *
   * @param mask BOOL, true where a query may not attend; or floats that are added to the scores
   */
  public static AttentionMask of(Tensor mask) {
    requireBoolOrFloat("mask", mask);
    return new AttentionMask(false, mask, null);
  }

  /**
   * The same with keys that no query of a sample may attend to.
   *
   * @param padding {@code [N, S]}; BOOL, true for padding; or floats that are added to the scores
   */
  public AttentionMask keyPadding(Tensor padding) {
    requireBoolOrFloat("key padding", padding);
    if (padding.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "attention: key padding must be [N, S], is " + padding.shape());
    }
    return new AttentionMask(causal, scores, padding);
  }

  private static void requireBoolOrFloat(String role, Tensor mask) {
    if (mask.dtype() == DType.INT64) {
      throw new IllegalArgumentException(
          "attention: "
              + role
              + " must be BOOL, true for what may not be attended to, or floats to add, is INT64 "
              + mask.shape()
              + "; cast it");
    }
  }

  /** The mask of scores {@code [..., T, S]}, checked. */
  MaskedScores on(Tensor target) {
    MaskedScores masked = new MaskedScores(target);
    Shape shape = target.shape();
    if (causal) {
      masked.block(later(target));
    }
    if (scores != null) {
      masked.add(fitted(scores, shape));
    }
    if (keys != null) {
      masked.add(keysFitted(shape));
    }
    return masked;
  }

  /** BOOL {@code [T, S]}: whether the key comes after the query. */
  private static Tensor later(Tensor target) {
    Tensor queries = Tensor.arange(target.backend(), target.shape().dim(-2));
    Tensor keys = Tensor.arange(target.backend(), target.shape().dim(-1));
    return keys.greater(queries.unsqueeze(1));
  }

  private static Tensor fitted(Tensor mask, Shape shape) {
    Shape given = mask.shape();
    boolean headsAndSamplesAreOne =
        given.rank() == 3
            && shape.rank() == 4
            && given.dim(0) == shape.dim(0) * shape.dim(1)
            && given.dim(0) != 1;
    Tensor fitted = mask;
    if (headsAndSamplesAreOne && given.without(0).equals(shape.without(0, 1))) {
      fitted = mask.reshape(shape);
    }
    if (!fitted.shape().broadcastsTo(shape)) {
      throw new IllegalArgumentException(
          "attention: mask "
              + given
              + " does not fit the scores "
              + shape
              + "; make it [T, S] = "
              + Shape.of(shape.dim(-2), shape.dim(-1))
              + ", or [N heads, T, S]");
    }
    return fitted;
  }

  private Tensor keysFitted(Shape shape) {
    int samples = shape.dim(0);
    int all = shape.dim(-1);
    if (!keys.shape().equals(Shape.of(samples, all))) {
      throw new IllegalArgumentException(
          "attention: key padding must be [N, S] = "
              + Shape.of(samples, all)
              + ", is "
              + keys.shape());
    }
    int[] extents = new int[shape.rank()];
    Arrays.fill(extents, 1);
    extents[0] = samples;
    extents[extents.length - 1] = all;
    return keys.reshape(extents);
  }
}
