package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetTest {

  @Test
  void bytesAreZeroTo255() {
    Dataset images = Drawn.bytes(0, 127, 128, 255);
    assertThat(images.size()).isEqualTo(4);
    assertThat(new float[] {pixel(images, 0), pixel(images, 1), pixel(images, 2), pixel(images, 3)})
        .containsExactly(0, 127, 128, 255);
  }

  @Test
  void subsetsSharePixelsAndKeepLabels() {
    Dataset images = Drawn.floats(10);
    Dataset some = images.range(3, 8).select(4, 0, 0).take(2);
    assertThat(some.size()).isEqualTo(2);
    assertThat(some.labels()).containsExactly(1, 1);
    assertThat(some.label(0)).isEqualTo(1);
    assertThat(some.image(0).floats()).startsWith(7f, 7.01f);
    assertThat(some.image(1).floats()).startsWith(3f, 3.01f);
    assertThat(some.image(1).shape()).isEqualTo(Shape.of(2, 3, 4));
  }

  @Test
  void moreImagesThanThereAreIsRefused() {
    assertThatThrownBy(() -> Drawn.floats(10).take(11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dataset: images 0 to 11 asked for, but numbers has 10 here");
  }

  @Test
  void labelsMustFitClassesAndImages() {
    float[] values = new float[2];
    Shape shape = Shape.of(1, 1, 1);
    assertThatThrownBy(
            () -> Dataset.ofFloats(Drawn.SOURCE, Drawn.CLASSES, shape, values, new int[] {1, 2}))
        .hasMessage("dataset: label 2 of image 1 is none of the 2 classes");
    assertThatThrownBy(
            () -> Dataset.ofFloats(Drawn.SOURCE, Drawn.CLASSES, shape, values, new int[3]))
        .hasMessage("dataset: 3 labels do not go with 2 values of images [1, 1, 1]");
  }

  @Test
  void splitsAsTheCourseDoes() {
    TrainTest set = new TrainTest(Drawn.floats(10), Drawn.floats(5));
    Split split = set.split(6, 3, 4);
    assertThat(split.train().size()).isEqualTo(6);
    assertThat(split.validation().size()).isEqualTo(3);
    assertThat(split.test().size()).isEqualTo(4);
    assertThat(split.train().image(5).get(0)).isEqualTo(5);
    assertThat(split.validation().image(0).get(0)).isEqualTo(6);
    assertThat(split.validation().image(2).get(0)).isEqualTo(8);
  }

  @Test
  void splitsOfMoreThanThereAreIsRefused() {
    TrainTest set = new TrainTest(Drawn.floats(10), Drawn.floats(5));
    assertThatThrownBy(() -> set.split(11, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: 11 training images asked for, numbers has 10");
    assertThatThrownBy(() -> set.split(8, 3, 5))
        .hasMessage(
            "split: 8 training and 3 validation images are more than the 10 training images of"
                + " numbers; after training 2 are left to validate with");
    assertThatThrownBy(() -> set.split(8, 2, 6))
        .hasMessage("split: 6 test images asked for, numbers has 5");
    assertThatThrownBy(() -> set.split(0, 2, 5))
        .hasMessage("split: training images must be at least 1, asked for 0");
    assertThatThrownBy(() -> set.split(Integer.MAX_VALUE, Integer.MAX_VALUE, 0))
        .hasMessageStartingWith("split: 2147483647 training images");
  }

  @Test
  void sourcesSayWhatTheyAre() {
    DataSource real = DataSource.real("MNIST", Map.of("a.gz", "sha256:00"));
    assertThat(real.kind()).hasToString("real");
    assertThat(real).hasToString("MNIST (real)");
    assertThat(new TrainTest(Drawn.floats(1), Drawn.floats(1)).source()).isEqualTo(Drawn.SOURCE);
    assertThat(Drawn.floats(3).classNames()).isEqualTo(List.of("even", "odd"));
  }

  private static float pixel(Dataset images, int index) {
    return images.image(index).floats()[0];
  }
}
