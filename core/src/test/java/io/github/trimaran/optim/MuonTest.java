package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.conformance.MuonOracle;
import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.diagnostics.ProfilingBackend;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {

  private static double[] flat(double[][] x) {
    return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] random(int rows, int columns) {
    return random(rows, columns, 0);
  }

  private static double[][] random(int rows, int columns, int number) {
    Rng rng = Rng.seeded(number * 10_000L + rows * 100L + columns);
    double[][] x = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        x[i][j] = rng.nextGaussian();
      }
    }
    return x;
  }

  private static double[] orthogonalised(double[][] x, DType dtype) {
    return orthogonalised(x, dtype, 5);
  }

  private static double[] orthogonalised(double[][] x, DType dtype, int steps) {
    try (Scope scope = Scope.open()) {
      Tensor matrix = Tensor.of(Values.BACKEND, flat(x), x.length, x[0].length).to(dtype);
      return NewtonSchulz.orthogonalise(List.of(matrix), steps).get(0).toDoubles();
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

  @ParameterizedTest(name = "{0} x {1}, {2} steps")
  @CsvSource({"3,6,1", "4,40,1", "3,6,3", "4,40,3", "40,4,3", "5,5,8"})
  void iteratesAsOftenAsAsked(int rows, int columns, int steps) {
    double[][] x = random(rows, columns);
    assertThat(orthogonalised(x, DType.FLOAT64, steps))
        .containsExactly(flat(MuonOracle.orthogonalised(x, steps)), within(1e-6));
  }

  @Test
  void takesThreeStepsInAnUpdate() {
    double[][] gradient = random(3, 6);
    Parameter weight =
        new Parameter(
            "w",
            Parameter.Role.WEIGHT,
            Tensor.of(Values.BACKEND, new double[18], 3, 6).requiresGrad());
    try (Muon muon = new Muon(List.of(weight), 1).momentum(0).newtonSchulzSteps(3);
        Scope scope = Scope.open()) {
      muon.step(List.of(Tensor.of(Values.BACKEND, flat(gradient), 3, 6)));
      double[] expected =
          Arrays.stream(flat(MuonOracle.orthogonalised(gradient, 3))).map(d -> -d).toArray();
      assertThat(weight.tensor().toDoubles()).containsExactly(expected, within(1e-6));
    }
    assertThatThrownBy(() -> new Muon(List.of(weight), 1).newtonSchulzSteps(0))
        .hasMessageContaining("Newton-Schulz steps");
  }

  @Test
  void treatsMatricesOfOneShapeTogether() {
    Profile profile = new Profile();
    Backend<?> backend = ProfilingBackend.wrap(Values.BACKEND, profile);
    int[][] shapes = {{3, 9}, {4, 6}, {3, 1, 3, 3}, {9, 3}, {4, 2, 3}, {3, 9}};
    List<Parameter> weights = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    List<double[][]> directions = new ArrayList<>();
    for (int[] shape : shapes) {
      int rows = shape[0];
      int columns = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
      double[][] gradient = random(rows, columns, weights.size());
      directions.add(MuonOracle.orthogonalised(gradient));
      gradients.add(Tensor.of(backend, flat(gradient), shape));
      Tensor zeros = Tensor.of(backend, new double[rows * columns], shape);
      weights.add(new Parameter("w" + weights.size(), Parameter.Role.WEIGHT, zeros.requiresGrad()));
    }
    try (Muon muon = new Muon(weights, 1).momentum(0)) {
      muon.step(gradients);
    }
    for (int i = 0; i < shapes.length; i++) {
      double scale = i == 3 ? Math.sqrt(3) : 1; // of the one that is higher than wide
      double[] expected = Arrays.stream(flat(directions.get(i))).map(d -> -scale * d).toArray();
      assertThat(weights.get(i).tensor().toDoubles())
          .as("w%d", i)
          .containsExactly(expected, within(1e-6));
    }
    // X X^T and M X of each wide one, 17 of each batch of them; of the others three a step.
    long products =
        profile.entries().stream()
            .filter(entry -> entry.operation().equals("matmul"))
            .mapToLong(Profile.Entry::calls)
            .sum();
    assertThat(products).isEqualTo((3 * 2 + 17) + (2 + 17) + 5 * 3);
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
