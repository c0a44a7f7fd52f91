package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private final CpuBackend backend = TestBackends.vector(1);

  @Test
  void viewsShareMemoryAndMayBeReleasedInAnyOrder() {
    CpuArray a = backend.fromHost(HostArray.of(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3)));
    CpuArray turned = backend.permute(a, 1, 0);
    CpuArray flipped = backend.flip(turned, 0);
    CpuArray row = backend.slice(flipped, new int[] {0, 0}, new int[] {1, 2}, new int[] {1, 1});
    CpuArray wide = backend.broadcastTo(row, Shape.of(2, 2));
    CpuArray flat = backend.reshape(a, Shape.of(6));
    for (CpuArray view : new CpuArray[] {turned, flipped, row, wide, flat}) {
      assertThat(view.array()).isSameAs(a.array());
    }
    assertThat(backend.liveArrays()).isEqualTo(6);
    backend.release(a);
    backend.release(flipped);
    backend.release(turned);
    // Would be lent this memory if it had been taken back.
    CpuArray other = backend.full(Shape.of(6), DType.FLOAT32, 9);
    assertThat(backend.toHost(wide).floats()).containsExactly(3, 6, 3, 6);
    assertThat(backend.toHost(flat).floats()).containsExactly(1, 2, 3, 4, 5, 6);
    Object memory = wide.array();
    backend.release(wide);
    backend.release(flat);
    backend.release(row);
    assertThat(backend.full(Shape.of(5), DType.FLOAT32, 0).array()).isSameAs(memory);
    backend.release(other);
    assertThat(backend.liveArrays()).isEqualTo(1);
  }

  @Test
  void refusesUseAfterReleaseAndReleasingTwice() {
    CpuArray a = backend.full(Shape.of(2), DType.FLOAT32, 1);
    backend.release(a);
    assertThatThrownBy(() -> backend.neg(a))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after its release");
    assertThatThrownBy(() -> backend.release(a))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("released twice");
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void assignsToAnyViewFromAnyView() {
    CpuArray a = backend.fromHost(HostArray.of(new float[] {1, 2, 3, 4}, Shape.of(2, 2)));
    CpuArray turned = backend.permute(a, 1, 0);
    backend.assign(a, turned);
    assertThat(backend.toHost(a).floats()).containsExactly(1, 3, 2, 4);
    CpuArray one = backend.full(Shape.of(1), DType.FLOAT32, 0);
    CpuArray wide = backend.broadcastTo(one, Shape.of(3));
    backend.assign(wide, backend.fromHost(HostArray.of(new float[] {5, 6, 7}, Shape.of(3))));
    assertThat(backend.toHost(wide).floats()).containsExactly(5, 6, 7);
  }

  @Test
  void updatesParametersThatAreViews() {
    CpuArray stored = backend.fromHost(HostArray.of(new float[] {1, 2, 3, 4}, Shape.of(2, 2)));
    CpuArray parameter = backend.permute(stored, 1, 0);
    CpuArray mean = backend.full(Shape.of(2, 2), DType.FLOAT32, 0);
    CpuArray square = backend.full(Shape.of(2, 2), DType.FLOAT32, 0);
    CpuArray gradient =
        backend.broadcastTo(backend.full(Shape.of(1), DType.FLOAT32, 2), Shape.of(2, 2));
    AdamStep step = new AdamStep(0.5, 0.9, 0.99, 0, 0, 0.1, 0.01);
    assertThat(backend.adamUpdate(parameter, gradient, mean, square, step)).isTrue();
    // m / correction1 = g and sqrt(s / correction2) = |g|: a first step is the rate.
    float[] values = backend.toHost(parameter).floats();
    float[] expected = {0.5f, 2.5f, 1.5f, 3.5f};
    for (int i = 0; i < 4; i++) {
      assertThat(values[i]).isEqualTo(expected[i], org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  @Test
  void aSteadyStateAllocatesNoArrays() {
    // With the kernels in plain Java: those for the Vector API allocate until the JIT has compiled
    // them.
    CpuBackend backend = TestBackends.scalar(1);
    Rng rng = Rng.seeded(1);
    CpuArray image = backend.fromHost(Naive.random(rng, DType.FLOAT32, 20, 3, 32, 32));
    CpuArray filters = backend.fromHost(Naive.random(rng, DType.FLOAT32, 16, 3, 5, 5));
    CpuArray bias = backend.fromHost(Naive.random(rng, DType.FLOAT32, 16));
    CpuArray weight = backend.fromHost(Naive.random(rng, DType.FLOAT32, 50, 16 * 256));
    CpuArray bias2 = backend.fromHost(Naive.random(rng, DType.FLOAT32, 50));
    for (int i = 0; i < 5; i++) {
      step(backend, image, filters, bias, weight, bias2);
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long live = backend.liveArrays();
    long before = threads.getCurrentThreadAllocatedBytes();
    int steps = 20;
    for (int i = 0; i < steps; i++) {
      step(backend, image, filters, bias, weight, bias2);
    }
    long perStep = (threads.getCurrentThreadAllocatedBytes() - before) / steps;
    // The convolution's output alone has 1.3 MB, its column matrix 6 MB.
    assertThat(perStep).isLessThan(128 << 10);
    assertThat(backend.liveArrays()).isEqualTo(live);
  }

  private static void step(
      CpuBackend backend,
      CpuArray image,
      CpuArray filters,
      CpuArray bias,
      CpuArray weight,
      CpuArray bias2) {
    Conv2dGeometry same = Conv2dGeometry.of(1, 2);
    Pool2dGeometry halves = Pool2dGeometry.of(2, 2);
    CpuArray maps = backend.conv2dBias(image, filters, bias, same, true).orElseThrow();
    MaxPooled<CpuArray> pooled = backend.maxPool2d(maps, halves).orElseThrow();
    CpuArray flat = backend.reshape(pooled.values(), Shape.of(20, 16 * 256));
    CpuArray out = backend.linear(flat, weight, bias2, true).orElseThrow();
    CpuArray flatGrad = backend.matmul(out, weight);
    CpuArray pooledGrad = backend.reshape(flatGrad, pooled.values().shape());
    CpuArray mapsGrad =
        backend.maxPool2dGrad(pooledGrad, pooled.indices(), maps.shape(), halves).orElseThrow();
    CpuArray filtersGrad = backend.conv2dWeightGrad(image, mapsGrad, filters.shape(), same);
    CpuArray biasGrad = backend.channelSum(mapsGrad).orElseThrow();
    CpuArray column = backend.reshape(biasGrad, Shape.of(16, 1, 1));
    CpuArray sum = backend.add(mapsGrad, column);
    for (CpuArray a :
        new CpuArray[] {
          maps,
          pooled.values(),
          pooled.indices(),
          flat,
          out,
          flatGrad,
          pooledGrad,
          mapsGrad,
          filtersGrad,
          biasGrad,
          column,
          sum
        }) {
      backend.release(a);
    }
  }
}
