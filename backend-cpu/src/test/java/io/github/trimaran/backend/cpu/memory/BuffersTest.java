package io.github.trimaran.backend.cpu.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import org.junit.jupiter.api.Test;

class BuffersTest {

  @Test
  void classesHoldWhatIsAskedAndWasteAtMostAnEighth() {
    for (int size = 16; size > 0 && size < 1 << 30; size += 1 + size / 37) {
      int capacity = Buffers.capacity(Buffers.sizeClass(size));
      assertThat(capacity).isBetween(size, size + size / 8 + 1);
      assertThat(Buffers.sizeClass(capacity)).isEqualTo(Buffers.sizeClass(size));
    }
    assertThat(Buffers.capacity(Buffers.sizeClass(0))).isPositive();
    assertThat(Buffers.capacity(Buffers.sizeClass(Integer.MAX_VALUE - 8)))
        .isEqualTo(Integer.MAX_VALUE - 8);
  }

  @Test
  void lendsAReturnedArrayAgain() {
    Buffers buffers = new Buffers(1 << 20);
    Buffer first = buffers.acquire(DType.FLOAT32, 1000);
    Object array = first.array();
    first.release();
    assertThat(buffers.acquire(DType.FLOAT64, 1000).array()).isNotSameAs(array);
    assertThat(buffers.acquire(DType.FLOAT32, 990).array()).isSameAs(array);
    assertThat(buffers.idleBytes()).isZero();
  }

  @Test
  void takesABufferBackWhenItsLastViewIsGone() {
    Buffers buffers = new Buffers(1 << 20);
    Buffer buffer = buffers.acquire(DType.INT64, 100);
    buffer.retain();
    buffer.release();
    assertThat(buffers.idleBytes()).isZero();
    buffer.release();
    assertThat(buffers.idleBytes()).isPositive();
    assertThatThrownBy(buffer::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsNoMoreThanItsLimit() {
    Buffers buffers = new Buffers(10_000);
    Buffer[] lent = new Buffer[8];
    for (int i = 0; i < lent.length; i++) {
      lent[i] = buffers.acquire(DType.FLOAT32, 1024);
    }
    for (Buffer buffer : lent) {
      buffer.release();
      assertThat(buffers.idleBytes()).isLessThanOrEqualTo(10_000);
    }
    buffers.acquire(DType.FLOAT32, 4096).release();
    assertThat(buffers.idleBytes()).isLessThanOrEqualTo(10_000);
  }
}
