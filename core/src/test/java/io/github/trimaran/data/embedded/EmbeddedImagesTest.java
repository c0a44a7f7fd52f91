package io.github.trimaran.data.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.io.files.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedImagesTest {

  private static final TrainTest IMAGES = EmbeddedImages.trainTest(2000, 300);

  @Test
  void areTheSameOnEveryMachine() {
    assertThat(Sha256.of(EmbeddedDigitsTest.bytes(IMAGES.train().take(200))))
        .isEqualTo("10c69297a0035591a4fe0ae24e432b53b1452c8cfac9cd69c61f59c7590d2408");
    assertThat(IMAGES.train().take(10).labels()).containsExactly(6, 0, 0, 3, 7, 0, 3, 2, 9, 8);
  }

  @Test
  void areTheSameHoweverManyAreDrawn() {
    assertThat(EmbeddedDigitsTest.bytes(EmbeddedImages.trainTest(20, 1).train()))
        .isEqualTo(EmbeddedDigitsTest.bytes(IMAGES.train().take(20)));
  }

  @Test
  void areAsCifarIs() {
    Dataset train = IMAGES.train();
    assertThat(train.imageShape()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(train.classNames())
        .containsExactly(
            "disc",
            "ring",
            "square",
            "triangle",
            "star",
            "cross",
            "crescent",
            "stripes",
            "checkers",
            "dots");
    int[] counts = new int[10];
    Arrays.stream(train.labels()).forEach(label -> counts[label]++);
    for (int count : counts) {
      // 200 each, five standard deviations.
      assertThat(count).isBetween(130, 270);
    }
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < train.size(); i++) {
      seen.add(ByteBuffer.wrap(EmbeddedDigitsTest.bytes(train.range(i, i + 1))));
    }
    assertThat(seen).hasSize(2000);
  }

  /** The nearest class mean is a linear classifier: colour and place must not give a class away. */
  @Test
  void aLinearClassifierStaysFarBelow() {
    Dataset train = IMAGES.train();
    int size = train.imageShape().size();
    double[][] means = new double[10][size];
    int[] counts = new int[10];
    for (int i = 0; i < train.size(); i++) {
      float[] image = train.image(i).floats();
      counts[train.label(i)]++;
      for (int p = 0; p < size; p++) {
        means[train.label(i)][p] += image[p];
      }
    }
    int right = 0;
    for (int i = 0; i < IMAGES.test().size(); i++) {
      float[] image = IMAGES.test().image(i).floats();
      double nearest = Double.POSITIVE_INFINITY;
      int best = -1;
      for (int c = 0; c < 10; c++) {
        double distance = 0;
        for (int p = 0; p < size; p++) {
          double difference = image[p] - means[c][p] / counts[c];
          distance += difference * difference;
        }
        if (distance < nearest) {
          nearest = distance;
          best = c;
        }
      }
      right += best == IMAGES.test().label(i) ? 1 : 0;
    }
    assertThat((double) right / IMAGES.test().size()).isBetween(0.05, 0.35);
  }
}
