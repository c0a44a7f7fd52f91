package io.github.trimaran.backend.cpu.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Shape;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static int[] addresses(Layout layout) {
    int[] addresses = new int[layout.shape().size()];
    Rows rows = Rows.of(layout);
    rows.visit(
        0,
        addresses.length,
        (address, position, count) -> {
          for (int i = 0; i < count; i++) {
            addresses[position + i] = address + i * rows.stride();
          }
        });
    return addresses;
  }

  @Test
  void permutesFlipsSlicesAndBroadcasts() {
    Layout dense = Layout.dense(Shape.of(2, 3));
    assertThat(addresses(dense.permute(1, 0))).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(addresses(dense.flip(1))).containsExactly(2, 1, 0, 5, 4, 3);
    assertThat(addresses(dense.flip(0, 1))).containsExactly(5, 4, 3, 2, 1, 0);
    assertThat(addresses(dense.slice(new int[] {0, 0}, new int[] {2, 3}, new int[] {1, 2})))
        .containsExactly(0, 2, 3, 5);
    assertThat(addresses(Layout.dense(Shape.of(2, 1)).broadcastTo(Shape.of(2, 2, 2))))
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
  }

  @Test
  void reshapesWithoutMovingWhereStridesCan() {
    Layout permuted = Layout.dense(Shape.of(4, 3, 2)).permute(1, 0, 2);
    assertThat(permuted.reshape(Shape.of(12, 2))).isEmpty();
    Layout split = permuted.reshape(Shape.of(3, 2, 2, 1, 2)).orElseThrow();
    assertThat(addresses(split)).containsExactly(addresses(permuted));
    Layout sliced =
        Layout.dense(Shape.of(2, 3, 4))
            .slice(new int[] {0, 1, 0}, new int[] {2, 3, 4}, new int[] {1, 1, 1});
    assertThat(addresses(sliced.reshape(Shape.of(2, 8)).orElseThrow()))
        .containsExactly(addresses(sliced));
    assertThat(sliced.reshape(Shape.of(16))).isEmpty();
  }

  @Test
  void reshapesScalarsOnesAndNothing() {
    assertThat(Layout.dense(Shape.scalar()).reshape(Shape.of(1, 1)).orElseThrow().shape())
        .isEqualTo(Shape.of(1, 1));
    assertThat(Layout.dense(Shape.of(1, 3, 1)).reshape(Shape.of(3)).orElseThrow().stride(0))
        .isEqualTo(1);
    assertThat(Layout.dense(Shape.of(2, 0)).reshape(Shape.of(0, 7))).isPresent();
  }

  @Test
  void knowsWhetherItIsDense() {
    Layout dense = Layout.dense(Shape.of(2, 3));
    assertThat(dense.isDense()).isTrue();
    assertThat(dense.permute(1, 0).isDense()).isFalse();
    assertThat(dense.slice(new int[] {1, 0}, new int[] {2, 3}, new int[] {1, 1}).isDense())
        .isFalse();
    assertThat(Layout.dense(Shape.of(1, 3)).permute(1, 0).isDense()).isTrue();
    assertThat(Layout.dense(Shape.of(1)).broadcastTo(Shape.of(2)).isDense()).isFalse();
  }

  @Test
  void visitsAnyPartOfAnOrder() {
    Layout layout = Layout.dense(Shape.of(3, 4, 5)).permute(2, 0, 1).flip(1);
    int[] all = addresses(layout);
    Rows rows = Rows.of(layout);
    for (int from = 0; from <= all.length; from += 7) {
      for (int to = from; to <= all.length; to += 11) {
        int[] seen = new int[to - from];
        int start = from;
        rows.visit(
            from,
            to,
            (address, position, count) -> {
              for (int i = 0; i < count; i++) {
                seen[position - start + i] = address + i * rows.stride();
              }
            });
        assertThat(seen).containsExactly(java.util.Arrays.copyOfRange(all, from, to));
      }
    }
  }
}
