package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Views.Move;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {

  /** The score of the one class is the value in the second row and first column. */
  private static final class SecondRow extends Layer {
    @Override
    protected Tensor compute(Tensor x, Mode mode) {
      return x.select(3, 0).select(2, 1);
    }
  }

  private final Tensor image =
      Tensor.of(new NaiveBackend(), new double[] {1, 2, 3, 40, 50, 60, 700, 800, 900}, 1, 1, 3, 3);

  private double score(Move... moves) {
    return new Views(List.of(moves)).scores(new SecondRow(), image).item();
  }

  @Test
  void eachMoveIsMirroredToo() {
    assertThat(score(Move.NONE)).isEqualTo((40 + 60) / 2.0);
    assertThat(score(new Move(1, 0))).isEqualTo((1 + 3) / 2.0);
    assertThat(score(new Move(-1, 0))).isEqualTo((700 + 900) / 2.0);
  }

  @Test
  void whatComesInAtAnEdgeIsReflected() {
    // Of columns 1 2 3 it makes 2 1 2 to move them right by one, and 3 2 1 to move them left by
    // two.
    assertThat(score(new Move(0, 1))).isEqualTo((50 + 50) / 2.0);
    assertThat(score(new Move(0, -2))).isEqualTo((60 + 40) / 2.0);
    // Down by two, the row above the first is the second.
    assertThat(score(new Move(2, 0))).isEqualTo((40 + 60) / 2.0);
    // Up and left by one; mirrored, the edge is what came in: the column before the last.
    assertThat(score(new Move(-1, -1))).isEqualTo((800 + 800) / 2.0);
  }

  @Test
  void viewsCountAlike() {
    assertThat(score(Move.NONE, new Move(1, 0), new Move(-1, 0)))
        .isEqualTo((50 + 2 + 800) / 3.0, within(1e-9));
  }

  @Test
  void badMovesAreRefused() {
    assertThatThrownBy(() -> new Views(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("views: none; give at least Views.Move.NONE");
    assertThatThrownBy(() -> score(new Move(0, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("views: Move[down=0, right=3] is too far for images [1, 1, 3, 3]");
  }

  @Test
  void imagesNeedNotBeSquare() {
    Tensor wide = Tensor.of(new NaiveBackend(), new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 1, 2, 4);
    // Of 5 6 7 8, moved right by three: 8 7 6 5.
    double found = new Views(List.of(new Move(0, 3))).scores(new SecondRow(), wide).item();
    assertThat(found).isEqualTo((8 + 5) / 2.0);
  }
}
