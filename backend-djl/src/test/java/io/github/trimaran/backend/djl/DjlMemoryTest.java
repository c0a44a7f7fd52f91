package io.github.trimaran.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.MaxPooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Counting, releasing, and training on several threads. */
@Tag("one-jdk")
class DjlMemoryTest {

  private static final Backend<NDArray> DJL = Djl.DJL;
  private static final Conv2dGeometry CONVOLUTION = Conv2dGeometry.of(1, 1);
  private static final Pool2dGeometry POOLING = Pool2dGeometry.of(2, 2);

  @Test
  void countsWhatIsLive() {
    long before = DJL.liveArrays();
    NDArray a = Djl.floats(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    MaxPooled<NDArray> pooled = DJL.maxPool2d(a, POOLING).orElseThrow();
    assertThat(DJL.liveArrays()).isEqualTo(before + 3);
    NDArray indices = DJL.maxPool2dIndices(a, POOLING);
    DJL.toHost(a);
    DJL.assign(a, a);
    assertThat(DJL.liveArrays()).isEqualTo(before + 4);
    for (NDArray array : List.of(a, pooled.values(), pooled.indices(), indices)) {
      DJL.release(array);
    }
    assertThat(DJL.liveArrays()).isEqualTo(before);
  }

  @Test
  void failuresLeaveNothingBehind() {
    NDArray a = Djl.floats(Shape.of(2), 1, 2);
    NDArray wrong = Djl.longs(Shape.of(1), 5);
    int managed = a.getManager().getManagedArrays().size();
    long live = DJL.liveArrays();
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> DJL.gather(a, 0, wrong));
    }
    assertThat(DJL.liveArrays()).isEqualTo(live);
    assertThat(a.getManager().getManagedArrays()).hasSize(managed);
  }

  @Test
  void gradientModeIsOffOnEveryThreadThatCalls() throws Exception {
    try (OneThread other = new OneThread()) {
      boolean recording =
          other
              .service()
              .submit(
                  () -> {
                    DJL.release(DJL.full(Shape.of(1), DType.FLOAT32, 1));
                    return JniUtils.isGradMode();
                  })
              .get();
      assertThat(recording).isFalse();
    }
  }

  private record OneThread(ExecutorService service) implements AutoCloseable {
    OneThread() {
      this(Executors.newSingleThreadExecutor());
    }

    @Override
    public void close() {
      service.shutdown();
    }
  }

  @Test
  void threadsComputeWhatOneAloneDoes() throws Exception {
    float[] alone = new Steps(DType.FLOAT32).run(30);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(pool.submit(() -> new Steps(DType.FLOAT32).run(30)));
      }
      for (Future<float[]> one : both) {
        assertThat(one.get()).containsExactly(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void memoryDoesNotGrowFromStepToStep() throws IOException {
    Path status = Path.of("/proc/self/statm");
    Assumptions.assumeTrue(Files.exists(status), "resident memory is read from /proc");
    Steps steps = new Steps(DType.FLOAT32);
    steps.run(1000);
    long live = DJL.liveArrays();
    long before = resident(status);
    steps.run(3000);
    assertThat(DJL.liveArrays()).isEqualTo(live);
    // 3000 steps make 60,000 arrays of 200 MB together; one in twenty lost would show.
    assertThat(resident(status) - before).isLessThan(12L << 20);
  }

  private static long resident(Path status) throws IOException {
    System.gc();
    return 4096 * Long.parseLong(Files.readString(status).split(" ")[1]);
  }

  /** Training of a small convolution, by hand, releasing everything. */
  private static final class Steps {

    private final Shape image = Shape.of(4, 2, 8, 8);
    private final NDArray input;
    private final NDArray weight;
    private final NDArray bias;
    private final NDArray mean;
    private final NDArray square;
    private final List<NDArray> made = new ArrayList<>();

    Steps(DType dtype) {
      Shape filters = Shape.of(3, 2, 3, 3);
      input = Djl.array(dtype, image, Djl.normal(image, 1));
      weight = Djl.array(dtype, filters, Djl.normal(filters, 2));
      bias = Djl.array(dtype, Shape.of(3), 0, 0, 0);
      mean = DJL.full(filters, dtype, 0);
      square = DJL.full(filters, dtype, 0);
    }

    private NDArray keep(NDArray array) {
      made.add(array);
      return array;
    }

    float[] run(int count) {
      float[] losses = new float[count];
      for (int i = 0; i < count; i++) {
        losses[i] = step();
        made.forEach(DJL::release);
        made.clear();
      }
      return losses;
    }

    private float step() {
      NDArray y = keep(DJL.conv2dBias(input, weight, bias, CONVOLUTION, true).orElseThrow());
      MaxPooled<NDArray> pooled = DJL.maxPool2d(y, POOLING).orElseThrow();
      keep(pooled.indices());
      NDArray rows = keep(DJL.reshape(keep(pooled.values()), Shape.of(4, 48)));
      NDArray labels = keep(Djl.longs(Shape.of(4), 1, 20, 30, 47));
      NDArray losses = keep(DJL.softmaxCrossEntropy(rows, labels, 0.1).orElseThrow());
      HostArray loss = DJL.toHost(keep(DJL.sum(losses, 0)));
      NDArray one = keep(DJL.full(Shape.of(4), DType.FLOAT32, 0.25));
      NDArray g = keep(DJL.softmaxCrossEntropyGrad(one, rows, labels, 0.1).orElseThrow());
      NDArray planes = keep(DJL.reshape(g, Shape.of(4, 3, 4, 4)));
      NDArray back =
          keep(
              DJL.maxPool2dGrad(planes, pooled.indices(), Shape.of(4, 3, 8, 8), POOLING)
                  .orElseThrow());
      NDArray inner = keep(DJL.reluGrad(back, y).orElseThrow());
      NDArray gradient =
          keep(DJL.conv2dWeightGrad(input, inner, Shape.of(3, 2, 3, 3), CONVOLUTION));
      AdamStep step = new AdamStep(1e-3, 0.9, 0.999, 1e-8, 0, 1, 1);
      DJL.adamUpdate(weight, gradient, mean, square, step);
      return loss.floats()[0];
    }
  }

  @Test
  void trainingLowersTheLoss() {
    float[] losses = new Steps(DType.FLOAT32).run(300);
    assertThat(losses[299]).isLessThan(losses[0] / 2);
    assertThat(Arrays.copyOf(losses, 300)).doesNotContain(Float.NaN);
  }
}
