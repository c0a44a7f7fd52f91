package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The JVM starts by interpreting a method and compiles it later. The numbers must not change with
 * it: two answers of one network would differ for the same question.
 */
class CompiledNumbersTest {

  private static final int[] DEPTHS = {16, 64, 100, 700};
  private static final int ROWS = 50;
  private static final int[] WINDOW = {1, 2, 3, 3};
  private static final int[] STEP = {1, 1, 1, 1};
  private static final Conv2dGeometry TWO_GROUPS = Conv2dGeometry.of(1, 1).withGroups(2);

  @Test
  void numbersAreTheSameInterpretedAndCompiled() throws IOException, InterruptedException {
    List<String> compiled = List.of();
    for (int i = 0; i < 3_000; i++) {
      compiled = numbers();
    }
    assertThat(compiled).isEqualTo(interpreted());
  }

  /**
   * Matrices times a column, a row times matrices, functions of their elements, and windows over
   * single planes; of each the hash.
   */
  private static List<String> numbers() {
    try (CpuBackend backend = TestBackends.vector(2)) {
      Rng rng = Rng.seeded(5);
      return Arrays.stream(DEPTHS)
          .boxed()
          .flatMap(
              depth -> {
                CpuArray a = backend.fromHost(Naive.random(rng, DType.FLOAT32, ROWS, depth));
                CpuArray column = backend.fromHost(Naive.random(rng, DType.FLOAT32, depth, 1));
                CpuArray row = backend.permute(column, 1, 0);
                CpuArray images = backend.reshape(a, Shape.of(1, 2, ROWS / 2, depth));
                CpuArray windows = backend.slice(images, new int[4], WINDOW, STEP);
                CpuArray twoWindows = backend.permute(windows, 1, 0, 2, 3);
                CpuArray turned = backend.permute(a, 1, 0);
                return Stream.of(
                    backend.matmul(a, column),
                    backend.matmul(row, turned),
                    backend.conv2d(images, twoWindows, TWO_GROUPS),
                    backend.conv2dInputGrad(images, twoWindows, images.shape(), TWO_GROUPS),
                    backend.conv2dWeightGrad(images, images, twoWindows.shape(), TWO_GROUPS),
                    backend.exp(row),
                    backend.log(row),
                    backend.tanh(row),
                    backend.erf(row),
                    backend.sigmoid(row).orElseThrow(),
                    backend.gelu(row).orElseThrow(),
                    backend.geluGrad(row, row).orElseThrow(),
                    backend.logSoftmax(row, 1).orElseThrow());
              })
          .map(result -> Integer.toHexString(Arrays.hashCode(backend.toHost(result).floats())))
          .toList();
    }
  }

  private static List<String> interpreted() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                CompiledNumbersTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed.lines().toList();
  }

  /** What the interpreting JVM runs. */
  public static void main(String[] args) {
    numbers().forEach(System.out::println);
  }
}
