package io.github.trimaran.data.embedded;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Colour images that this library draws itself, in the format of CIFAR-10: {@code [3, 32, 32]}, ten
 * kinds of figures, equally likely, of any colour, size and place. Image {@code i} is the same
 * however many are drawn, and the same on every machine.
 *
 * <pre>{@code
 * TrainTest figures = EmbeddedImages.trainTest(2_000, 1_000);
 * }</pre>
 */
public final class EmbeddedImages {

  /** What they are called in reports. */
  public static final String NAME = "embedded figures";

  private static final List<String> CLASS_NAMES =
      Stream.of(Figure.values()).map(Figure::title).toList();

  private static final long SEED = 32;

  private EmbeddedImages() {}

  /** As many as CIFAR-10 has: 50,000 to train with and 10,000 to test with. */
  public static TrainTest trainTest() {
    return trainTest(50_000, 10_000);
  }

  /** So many to train with and to test with. */
  public static TrainTest trainTest(int train, int test) {
    Rng rng = Rng.seeded(SEED);
    return new TrainTest(draw(train, rng.fork("train")), draw(test, rng.fork("test")));
  }

  private static Dataset draw(int count, Rng rng) {
    int size = 3 * Scene.SIDE * Scene.SIDE;
    List<Figure> figures = List.of(Figure.values());
    byte[] images = new byte[Math.multiplyExact(count, size)];
    int[] labels = new int[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              Rng own = rng.fork(i);
              labels[i] = own.nextInt(figures.size());
              Scene.draw(figures.get(labels[i]), own, images, i * size);
            });
    return Dataset.ofBytes(
        DataSource.embedded(NAME),
        CLASS_NAMES,
        Shape.of(3, Scene.SIDE, Scene.SIDE),
        images,
        labels);
  }
}
