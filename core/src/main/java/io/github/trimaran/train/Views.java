package io.github.trimaran.train;

import io.github.trimaran.nn.Layer;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The mean of a model's scores over several views of each image {@code [N, C, H, W]}: moved by some
 * pixels, and each of these mirrored too. All views count alike. What comes in at an edge is the
 * image reflected in it.
 *
 * <pre>{@code
 * Scoring six = new Views(List.of(Views.Move.NONE, new Views.Move(1, 1), new Views.Move(-1, -1)));
 * double accuracy =
 *     new Evaluator<>(Supervised.classification().scoring(six)).evaluate(model, test).accuracy();
 * }</pre>
 *
 * <p>Views further apart err less alike, so their mean is better, as long as the network has met
 * images moved as far in training ({@link io.github.trimaran.data.RandomCrop}). Twice as many views
 * as moves are computed.
 *
 * @param moves how the views are moved; at least one
 */
public record Views(List<Move> moves) implements Scoring {

  /** Keeps a copy. */
  public Views {
    moves = List.copyOf(moves);
    if (moves.isEmpty()) {
      throw new IllegalArgumentException("views: none; give at least Views.Move.NONE");
    }
  }

  /**
   * By how many pixels an image is moved.
   *
   * @param down rows; below 0 for up
   * @param right columns; below 0 for left
   */
  public record Move(int down, int right) {

    /** The image where it is. */
    public static final Move NONE = new Move(0, 0);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a move is as far as an image is high or wide
   */
  @Override
  public Tensor scores(Layer model, Tensor images) {
    int height = images.shape().dim(2);
    int width = images.shape().dim(3);
    int down = furthest(Move::down, height, images);
    int right = furthest(Move::right, width, images);
    Tensor padded = images.padReflect(new int[] {0, 0, down, right}, new int[] {0, 0, down, right});
    Tensor sum = null;
    for (Move move : moves) {
      Tensor moved =
          padded.narrow(2, down - move.down(), height).narrow(3, right - move.right(), width);
      Tensor scores = MIRRORED.scores(model, moved);
      sum = sum == null ? scores : sum.add(scores);
    }
    return sum.mul(1.0 / moves.size());
  }

  private int furthest(ToIntFunction<Move> along, int pixels, Tensor images) {
    int furthest = 0;
    for (Move move : moves) {
      int by = along.applyAsInt(move);
      if (by <= -pixels || by >= pixels) {
        throw new IllegalArgumentException(
            "views: " + move + " is too far for images " + images.shape());
      }
      furthest = Math.max(furthest, Math.abs(by));
    }
    return furthest;
  }
}
