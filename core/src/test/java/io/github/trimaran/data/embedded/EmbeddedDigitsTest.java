package io.github.trimaran.data.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataSource.Kind;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.io.files.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedDigitsTest {

  private static final TrainTest DIGITS = EmbeddedDigits.trainTest(2000, 500);

  @Test
  void areTheSameOnEveryMachine() {
    assertThat(Sha256.of(bytes(DIGITS.train().take(200))))
        .isEqualTo("8b13144212c8d303dcea75c05ae1bbd804f4f0ba884f7d1c54fa7c70ff245dec");
    assertThat(DIGITS.train().take(10).labels()).containsExactly(7, 3, 8, 1, 7, 7, 9, 6, 5, 5);
  }

  @Test
  void areTheSameHoweverManyAreDrawn() {
    assertThat(bytes(EmbeddedDigits.trainTest(20, 1).train()))
        .isEqualTo(bytes(DIGITS.train().take(20)));
  }

  @Test
  void areAllDifferent() {
    Set<ByteBuffer> seen = new HashSet<>();
    for (Dataset part : new Dataset[] {DIGITS.train(), DIGITS.test()}) {
      for (int i = 0; i < part.size(); i++) {
        seen.add(ByteBuffer.wrap(bytes(part.range(i, i + 1))));
      }
    }
    assertThat(seen).hasSize(2500);
  }

  @Test
  void areAsMnistIs() {
    Dataset train = DIGITS.train();
    assertThat(train.imageShape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(train.source().kind()).isEqualTo(Kind.EMBEDDED);
    int[] counts = new int[10];
    Arrays.stream(train.labels()).forEach(label -> counts[label]++);
    for (int count : counts) {
      // 200 each, five standard deviations.
      assertThat(count).isBetween(130, 270);
    }
    double total = 0;
    for (int i = 0; i < train.size(); i++) {
      float[] image = train.image(i).floats();
      double mass = 0;
      double right = 0;
      double down = 0;
      for (int p = 0; p < 784; p++) {
        mass += image[p];
        right += image[p] * (p % 28 + 0.5);
        down += image[p] * (p / 28 + 0.5);
      }
      total += mass;
      assertThat(right / mass).isBetween(11.0, 17.0);
      assertThat(down / mass).isBetween(11.0, 17.0);
    }
    // MNIST has 0.131.
    assertThat(total / train.size() / 784 / 255).isBetween(0.10, 0.16);
  }

  @Test
  void fortyTeachClearlyLessThanTwoThousand() {
    double forty = nearestNeighbour(40);
    double all = nearestNeighbour(2000);
    assertThat(forty).isBetween(0.40, 0.70);
    assertThat(all).isBetween(0.85, 0.98);
  }

  /** The share of test digits whose nearest training digit is of the same class. */
  private static double nearestNeighbour(int count) {
    int right = 0;
    for (int i = 0; i < DIGITS.test().size(); i++) {
      float[] image = DIGITS.test().image(i).floats();
      double nearest = Double.POSITIVE_INFINITY;
      int label = -1;
      float[] other = new float[784];
      for (int k = 0; k < count; k++) {
        DIGITS.train().copyImage(k, other, 0);
        float distance = 0;
        for (int p = 0; p < 784; p++) {
          distance += (image[p] - other[p]) * (image[p] - other[p]);
        }
        if (distance < nearest) {
          nearest = distance;
          label = DIGITS.train().label(k);
        }
      }
      right += label == DIGITS.test().label(i) ? 1 : 0;
    }
    return (double) right / DIGITS.test().size();
  }

  static byte[] bytes(Dataset images) {
    int size = images.imageShape().size();
    byte[] bytes = new byte[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      float[] image = images.image(i).floats();
      for (int p = 0; p < size; p++) {
        bytes[i * size + p] = (byte) (int) image[p];
      }
    }
    return bytes;
  }
}
