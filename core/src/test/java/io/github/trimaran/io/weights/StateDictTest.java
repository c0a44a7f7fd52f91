package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDictTest {

  private final StateDict dict = StateDict.of(Map.of("bias", zeros(3)), Map.of("source", "here"));

  private static HostArray zeros(int... extents) {
    return HostArray.zeros(Shape.of(extents), DType.FLOAT32);
  }

  @Test
  void listsAllThatDoesNotFitInOneError() {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put("weight", zeros(2, 3));
    arrays.put("extra", zeros(1));
    arrays.put("bias", zeros(2));
    arrays.put("more", zeros());
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("weight", Shape.of(3, 2));
    expected.put("bias", Shape.of(2));
    expected.put("scale", Shape.of(2));
    assertThatThrownBy(() -> StateDict.of(arrays).requireMatch("net", expected))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "state dictionary does not fit net: 1 missing: scale [2]; "
                + "2 unexpected: extra [1], more []; "
                + "1 of another shape: weight expects [3, 2], is [2, 3]");
  }

  @Test
  void acceptsWhatFits() {
    assertThatCode(() -> dict.requireMatch("net", Map.of("bias", Shape.of(3))))
        .doesNotThrowAnyException();
  }

  @Test
  void renamesAndAnnotates() {
    StateDict other = dict.rename(name -> "head." + name).withMetadata(Map.of("licence", "BSD"));
    assertThat(other.names()).containsExactly("head.bias");
    assertThat(other.metadata()).containsEntry("source", "here").containsEntry("licence", "BSD");
    assertThat(other.elements()).isEqualTo(3);
    assertThatThrownBy(() -> other.get("bias")).hasMessageContaining("no entry 'bias'");
    StateDict two = StateDict.of(Map.of("a", zeros(1), "b", zeros(1)));
    assertThatThrownBy(() -> two.rename(name -> "same")).hasMessageContaining("'same'");
  }

  @Test
  void equalityIsOrderAndBits() {
    Map<String, HostArray> ab = new LinkedHashMap<>();
    ab.put("a", zeros(1));
    ab.put("b", zeros(1));
    Map<String, HostArray> ba = new LinkedHashMap<>();
    ba.put("b", zeros(1));
    ba.put("a", zeros(1));
    assertThat(StateDict.of(ab)).isNotEqualTo(StateDict.of(ba)).isEqualTo(StateDict.of(ab));
    ba.put("a", HostArray.of(new float[] {-0f}, Shape.of(1)));
    ab.remove("a");
    ab.put("a", zeros(1));
    assertThat(StateDict.of(ab)).isNotEqualTo(StateDict.of(ba));
  }
}
