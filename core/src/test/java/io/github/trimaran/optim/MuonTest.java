package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.conformance.MuonOracle;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {

  private static double[] flat(double[][] x) {
    return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] random(int rows, int columns) {
    Rng rng = Rng.seeded(rows * 100L + columns);
    double[][] x = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        x[i][j] = rng.nextGaussian();
      }
    }
    return x;
  }

  private static double[] orthogonalised(double[][] x, DType dtype) {
    try (Scope scope = Scope.open()) {
      Tensor matrix = Tensor.of(Values.BACKEND, flat(x), x.length, x[0].length).to(dtype);
      return Muon.orthogonalise(matrix).toDoubles();
    }
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"3,3", "3,6", "3,7", "4,40", "1,5", "7,3", "40,4", "5,1"})
  void iteratesAsPublishedWhateverTheShape(int rows, int columns) {
    double[][] x = random(rows, columns);
    assertThat(orthogonalised(x, DType.FLOAT64))
        .containsExactly(
            flat(MuonOracle.orthogonalised(x)), within(1e-6)); // the norm has 1e-7 added
  }

  @Test
  void inFloat32WithSingularValuesFromNothingToOne() {
    // Rows from 1 down to 1e-7 of the first, and a last that is the first's double.
    double[][] x = random(9, 60);
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 60; j++) {
        x[i][j] *= Math.pow(10, -i);
      }
    }
    x[8] = Arrays.stream(x[0]).map(value -> 2 * value).toArray();
    assertThat(orthogonalised(x, DType.FLOAT32))
        .containsExactly(flat(MuonOracle.orthogonalised(x)), within(1e-3));
  }
}
