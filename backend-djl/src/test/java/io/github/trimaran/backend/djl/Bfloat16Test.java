package io.github.trimaran.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Bfloat16Test {

  @Test
  void isNamedAmongTheFlags() {
    assertThat(
            Bfloat16.isNamedIn(Stream.of("model name : X", "flags\t\t: fpu avx512_bf16 wbnoinvd")))
        .isTrue();
    assertThat(Bfloat16.isNamedIn(Stream.of("flags\t\t: fpu amx_bf16"))).isTrue();
  }

  @Test
  void isNotWhatIsNamedElsewhereOrOnlyAlike() {
    assertThat(Bfloat16.isNamedIn(Stream.of("model name : avx512_bf16", "flags : fpu avx512f")))
        .isFalse();
    assertThat(Bfloat16.isNamedIn(Stream.of("flags : fpu avx512_bf16x"))).isFalse();
    assertThat(Bfloat16.isNamedIn(Stream.empty())).isFalse();
  }
}
