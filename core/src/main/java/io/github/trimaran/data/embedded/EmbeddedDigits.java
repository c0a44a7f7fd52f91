package io.github.trimaran.data.embedded;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Handwritten digits that this library writes itself, in the format of MNIST: {@code [1, 28, 28]},
 * 0 background, 255 ink, the digits equally likely. Image {@code i} is the same however many are
 * drawn, and the same on every machine.
 *
 * <pre>{@code
 * TrainTest digits = EmbeddedDigits.trainTest(2_000, 1_000);
 * }</pre>
 */
public final class EmbeddedDigits {

  /** What they are called in reports. */
  public static final String NAME = "embedded digits";

  private static final List<String> CLASS_NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private static final long SEED = 28;

  private EmbeddedDigits() {}

  /** As many as MNIST has: 60,000 to train with and 10,000 to test with. */
  public static TrainTest trainTest() {
    return trainTest(60_000, 10_000);
  }

  /** So many to train with and to test with. */
  public static TrainTest trainTest(int train, int test) {
    Rng rng = Rng.seeded(SEED);
    return new TrainTest(draw(train, rng.fork("train")), draw(test, rng.fork("test")));
  }

  private static Dataset draw(int count, Rng rng) {
    int size = Handwriting.SIDE * Handwriting.SIDE;
    byte[] images = new byte[Math.multiplyExact(count, size)];
    int[] labels = new int[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              Rng own = rng.fork(i);
              labels[i] = own.nextInt(10);
              Handwriting.draw(labels[i], own, images, i * size);
            });
    return Dataset.ofBytes(
        DataSource.embedded(NAME),
        CLASS_NAMES,
        Shape.of(1, Handwriting.SIDE, Handwriting.SIDE),
        images,
        labels);
  }
}
