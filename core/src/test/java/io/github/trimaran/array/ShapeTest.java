package io.github.trimaran.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.random.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void knowsItsRankSizeAndExtents() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.dim(-1)).isEqualTo(4);
    assertThat(shape.strides()).containsExactly(12, 4, 1);
    assertThat(shape.position(23)).containsExactly(1, 2, 3);
    assertThat(shape.position(4)).containsExactly(0, 1, 0);
    assertThat(Shape.scalar().position(0)).isEmpty();
    assertThat(shape).hasToString("[2, 3, 4]");
    assertThat(Shape.scalar().size()).isEqualTo(1);
    assertThat(Shape.scalar()).hasToString("[]");
    assertThat(Shape.of(3, 0).isEmpty()).isTrue();
  }

  @Test
  void doesNotShareItsExtents() {
    int[] extents = {2, 3};
    Shape shape = Shape.of(extents);
    extents[0] = 9;
    shape.dims()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
  }

  @Test
  void refusesNegativeExtentsAndTooManyElements() {
    assertThatThrownBy(() -> Shape.of(2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape: negative extent -1 in [2, -1]");
    assertThatThrownBy(() -> Shape.of(65536, 32768))
        .hasMessage("shape: more than 2^31 - 1 elements in [65536, 32768]");
    assertThat(Shape.of(65536, 32767).size()).isEqualTo(65536 * 32767);
  }

  @Test
  void holdsNothingWhereAnExtentIs0HoweverLargeTheOthers() {
    int large = 1 << 20;
    for (Shape shape :
        List.of(Shape.of(large, large, 0), Shape.of(0, large, large), Shape.of(large, 0, large))) {
      assertThat(shape.size()).isZero();
      assertThat(shape.isEmpty()).isTrue();
    }
    assertThatThrownBy(() -> Shape.of(large, large, 0).with(2, 1))
        .hasMessageStartingWith("shape: more than 2^31 - 1 elements");
  }

  @Test
  void resultsAreRefusedInTheNameOfTheirOperation() {
    assertThat(Shape.result("pad", 2, 3)).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.result("pad")).isEqualTo(Shape.scalar());
    assertThatThrownBy(() -> Shape.result("pad", 1L << 31))
        .hasMessage("pad: more than 2^31 - 1 elements in [2147483648]");
    assertThatThrownBy(() -> Shape.result("pad", 0, 1L << 32))
        .hasMessage("pad: more than 2^31 - 1 elements in [0, 4294967296]");
    assertThatThrownBy(() -> Shape.result("pad", 1L << 20, 1L << 20))
        .hasMessage("pad: more than 2^31 - 1 elements in [1048576, 1048576]");
    assertThatThrownBy(() -> Shape.broadcast("add", Shape.of(1 << 20, 1), Shape.of(1 << 20)))
        .hasMessage("add: more than 2^31 - 1 elements in [1048576, 1048576]");
  }

  @Test
  void countsStepsAsALoopDoes() {
    for (int stop = 0; stop < 7; stop++) {
      for (int start = 0; start <= stop; start++) {
        for (int step = 1; step < 9; step++) {
          int count = 0;
          for (int i = start; i < stop; i += step) {
            count++;
          }
          assertThat(Shape.stepsBelow(start, stop, step)).isEqualTo(count);
        }
      }
    }
    assertThat(Shape.stepsBelow(1, Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(1);
    assertThat(Shape.stepsBelow(0, Integer.MAX_VALUE, 1)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void countsNegativeAxesFromTheLast() {
    Shape shape = Shape.of(5, 6, 7);
    assertThat(shape.axis("sum", -3)).isZero();
    assertThat(shape.axes("sum", -1, 0)).containsExactly(0, 2);
    assertThatThrownBy(() -> shape.axis("sum", 3))
        .hasMessage("sum: no axis 3 in shape [5, 6, 7] of rank 3");
    assertThatThrownBy(() -> shape.axis("sum", -4)).hasMessageContaining("no axis -4");
    assertThatThrownBy(() -> shape.axes("sum", 1, -2))
        .hasMessage("sum: axis 1 named twice in [1, -2]");
    assertThatThrownBy(() -> Shape.scalar().axis("sum", 0)).hasMessageContaining("rank 0");
  }

  @Test
  void replacesAndDropsAxes() {
    Shape shape = Shape.of(5, 6, 7);
    assertThat(shape.with(1, 1)).isEqualTo(Shape.of(5, 1, 7));
    assertThat(shape.without(0, 2)).isEqualTo(Shape.of(6));
    assertThat(shape.without(0, 1, 2)).isEqualTo(Shape.scalar());
    assertThat(shape.withOnes(0, 2)).isEqualTo(Shape.of(1, 6, 1));
  }

  @Test
  void broadcastsByNumPysRules() {
    assertThat(Shape.broadcast("add", Shape.of(2, 1, 4), Shape.of(3, 1)))
        .isEqualTo(Shape.of(2, 3, 4));
    assertThat(Shape.broadcast("add", Shape.scalar(), Shape.of(0, 2))).isEqualTo(Shape.of(0, 2));
    assertThat(Shape.broadcast("add", Shape.of(1), Shape.of(0))).isEqualTo(Shape.of(0));
    assertThatThrownBy(() -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2, 4)))
        .hasMessage("add: shapes [2, 3] and [2, 4] do not broadcast: 3 against 4 along axis -1");
    assertThatThrownBy(() -> Shape.broadcast("add", Shape.of(0), Shape.of(2)))
        .hasMessageContaining("0 against 2");
  }

  @Test
  void broadcastsToExactlyWhereBroadcastingChangesNothingElse() {
    Rng rng = Rng.seeded(5);
    for (int i = 0; i < 2000; i++) {
      Shape a = random(rng);
      Shape b = random(rng);
      boolean expected;
      try {
        expected = Shape.broadcast("test", a, b).equals(b);
      } catch (IllegalArgumentException incompatible) {
        expected = false;
      }
      assertThat(a.broadcastsTo(b)).as("%s to %s", a, b).isEqualTo(expected);
    }
  }

  private static Shape random(Rng rng) {
    int[] extents = new int[rng.nextInt(4)];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = rng.nextInt(3);
    }
    return Shape.of(extents);
  }
}
