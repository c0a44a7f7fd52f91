package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentTest {

  /** Two of them: one hangs together across a corner, the other lies at the border. */
  @Test
  void inkThatTouchesHangsTogether() {
    float[] strength = {
      0, 0.5f, 0, 0, 0, //
      0, 0, 1, 0, 0, //
      0, 0, 0.05f, 0, 0.6f, //
      0, 0, 0, 0, 0.6f
    };
    List<Component> components =
        Component.of(new Plane(5, 4, strength), 0.1).stream()
            .sorted(Comparator.comparingInt(Component::left))
            .toList();
    assertThat(components).hasSize(2);
    Component corner = components.get(0);
    assertThat(corner.pixels()).containsExactlyInAnyOrder(1, 7);
    assertThat(List.of(corner.left(), corner.top(), corner.right(), corner.bottom()))
        .containsExactly(1, 0, 2, 1);
    assertThat(corner.weight()).isCloseTo(1.25, within(1e-6));
    assertThat(corner.level()).isCloseTo(1.125 / 1.25, within(1e-6));
    assertThat(corner.borders()).containsExactly(0, 1, 0, 0);
    Component edge = components.get(1);
    assertThat(edge.borders()).containsExactly(0, 0, 2, 1);
    assertThat(edge.size()).isEqualTo(2);
  }

  /** By the formula (w + 2) / 4 for a wide bar, whose ends hardly count. */
  @Test
  void strokesAreAsWideAsDrawn() {
    for (int width : new int[] {2, 4, 8}) {
      Plane bar = Plane.of(300, 20);
      for (int i = 0; i < 300 * width; i++) {
        bar.values()[i % 300 + (5 + i / 300) * 300] = i % 300 >= 20 && i % 300 < 280 ? 1 : 0;
      }
      Component component = Component.of(bar, 0.5).get(0);
      assertThat(StrokeWidth.of(component)).isCloseTo(width, within(0.1 * width));
    }
  }
}
