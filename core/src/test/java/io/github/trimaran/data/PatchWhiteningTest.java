package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchWhiteningTest {

  private static final Shape IMAGE = Shape.of(2, 5, 4);
  private static final int IMAGES = 40;

  /**
   * Images whose neighbouring pixels and channels go together, so that there is something to
   * whiten.
   */
  private static Dataset correlated() {
    Rng rng = Rng.seeded(3);
    float[] values = new float[IMAGES * IMAGE.size()];
    for (int i = 1; i < values.length; i++) {
      values[i] = (float) (0.7 * values[i - 1] + rng.nextGaussian());
    }
    return Dataset.ofFloats(
        DataSource.embedded("noise"), List.of("one"), IMAGE, values, new int[IMAGES]);
  }

  @Test
  void whitenedPatchesHaveTheIdentityAsSecondMoment() {
    Dataset images = correlated();

    HostArray filters = PatchWhitening.filters(images, Normalization.none(), 2, 0);

    assertThat(filters.shape()).isEqualTo(Shape.of(16, 2, 2, 2));
    double[][] moments = new double[8][8];
    int count = 0;
    for (int n = 0; n < IMAGES; n++) {
      float[] image = images.image(n).floats();
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 3; x++) {
          double[] response = new double[8];
          for (int f = 0; f < 8; f++) {
            for (int k = 0; k < 8; k++) {
              int pixel = (k / 4 * 5 + y + k / 2 % 2) * 4 + x + k % 2;
              response[f] += filters.get(f * 8 + k) * image[pixel];
            }
          }
          for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
              moments[i][j] += response[i] * response[j];
            }
          }
          count++;
        }
      }
    }
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        assertThat(moments[i][j] / count).isCloseTo(i == j ? 1 : 0, within(1e-5));
      }
    }
  }

  @Test
  void theSecondHalfIsTheNegativeOfTheFirst() {
    HostArray filters = PatchWhitening.filters(correlated(), Normalization.none(), 2, 1e-3);
    for (int i = 0; i < 64; i++) {
      assertThat(filters.get(64 + i)).isEqualTo(-filters.get(i));
    }
  }

  @Test
  void eigenvaluesAndVectorsOfAKnownMatrix() {
    // [[2, 1], [1, 2]] has 1 and 3, along the diagonals.
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});
    assertThat(Math.min(eigen.values()[0], eigen.values()[1])).isCloseTo(1, within(1e-14));
    assertThat(Math.max(eigen.values()[0], eigen.values()[1])).isCloseTo(3, within(1e-14));
    for (int i = 0; i < 2; i++) {
      double x = eigen.vectors()[0][i];
      double y = eigen.vectors()[1][i];
      assertThat(2 * x + y).isCloseTo(eigen.values()[i] * x, within(1e-14));
      assertThat(x + 2 * y).isCloseTo(eigen.values()[i] * y, within(1e-14));
      assertThat(x * x + y * y).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void imagesSmallerThanAPatchAreRefused() {
    Dataset images = correlated();
    assertThatThrownBy(() -> PatchWhitening.filters(images, Normalization.none(), 5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no patches of 5 x 5");
  }
}
