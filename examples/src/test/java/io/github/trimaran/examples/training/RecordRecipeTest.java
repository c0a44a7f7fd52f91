package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.embedded.EmbeddedImages;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordRecipeTest {

  private static final int STEPS_PER_EPOCH = 2;

  private final Recipe recipe = Recipe.of(Networks.RECORD);
  private final Dataset images = EmbeddedImages.trainTest(60, 10).train();
  private final Normalization normalization = recipe.normalization(images);
  private final Experiment experiment = recipe.experiment().orElseThrow();
  private final Layer network = network(Networks.RECORD);

  RecordRecipeTest() {
    network.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
  }

  @AfterEach
  void close() {
    network.close();
  }

  private Layer network(Networks which) {
    NetworkChoice small = experiment.network().network(which).filters(8);
    return Recipe.of(which).network(small, images, normalization);
  }

  private Parameter named(String name) {
    return network.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void step(Optimizer optimizer, double gradient) {
    try (Scope scope = Scope.open()) {
      List<Tensor> gradients =
          optimizer.parameters().stream()
              .map(
                  p ->
                      Tensor.full(
                          p.tensor().backend(), p.tensor().shape(), p.tensor().dtype(), gradient))
              .toList();
      optimizer.step(gradients);
    }
  }

  @Test
  void trainsEveryParameterOnce() {
    try (Optimizer optimizer = recipe.optimizer(experiment, network, STEPS_PER_EPOCH)) {
      assertThat(optimizer.parameters())
          .extracting(Parameter::name)
          .containsExactlyInAnyOrderElementsOf(
              network.parameters().stream().map(Parameter::name).toList());
    }
  }

  @Test
  void theDeepFormIsTrainedTheSameWay() {
    Recipe deepRecipe = Recipe.of(Networks.RECORD_DEEP);
    Experiment deepExperiment = deepRecipe.experiment().orElseThrow();
    assertThat(deepExperiment.network().network()).isEqualTo(Networks.RECORD_DEEP);
    try (Layer deep = network(Networks.RECORD_DEEP)) {
      deep.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
      try (Optimizer optimizer = deepRecipe.optimizer(deepExperiment, deep, STEPS_PER_EPOCH)) {
        assertThat(optimizer.parameters())
            .extracting(Parameter::name)
            .containsExactlyInAnyOrderElementsOf(
                deep.parameters().stream().map(Parameter::name).toList())
            .contains("group3.residual.body.conv3.weight", "group3.residual.body.norm3.bias");
      }
    }
  }

  @Test
  void firstStepOfTheHeadHasThePublishedRate() {
    double[] before = named("head.weight").tensor().toDoubles();
    try (Optimizer optimizer = recipe.optimizer(experiment, network, STEPS_PER_EPOCH)) {
      step(optimizer, 1e-3);
    }
    double[] after = named("head.weight").tensor().toDoubles();
    // 0.67 for a sum over 2,000 images and scores / 256: here a mean over 250 and scores / 9, with
    // Nesterov's first step 1 + 0.85 times the gradient. Decay takes 2e-6 * 250 / 0.15 of the
    // weight.
    double rate = 0.67 * 250 * (9.0 / 256) * (9.0 / 256);
    double share = 2e-6 * 250 / 0.15;
    double relative = experiment.optimizer().rate() / (0.24 * Math.sqrt(250.0 / 2000));
    for (int i = 0; i < before.length; i++) {
      double expected = before[i] * (1 - relative * share) - relative * rate * 1.85e-3;
      assertThat(after[i]).isEqualTo(expected, within(1e-6));
    }
  }

  @Test
  void ratesAreThoseOfTheImagesThatTrain() {
    Experiment half =
        experiment.batchSize(2 * experiment.batchSize()).refined(Refinements.NONE.hardest(0.5));
    try (Layer other = network(Networks.RECORD)) {
      other.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
      for (Layer each : List.of(network, other)) {
        Experiment asked = each == other ? half : experiment;
        try (Optimizer optimizer = recipe.optimizer(asked, each, STEPS_PER_EPOCH)) {
          step(optimizer, 1e-3);
        }
      }
      assertThat(other.stateDict().arrays()).isEqualTo(network.stateDict().arrays());
    }
  }

  @Test
  void filtersKeepANormOfTheRootOfTheirNumber() {
    try (Optimizer optimizer = recipe.optimizer(experiment, network, STEPS_PER_EPOCH)) {
      step(optimizer, 0); // no direction: only the scaling is left
    }
    double[] filters = named("group1.conv1.weight").tensor().toDoubles();
    double square = Arrays.stream(filters).map(x -> x * x).sum();
    assertThat(square).isEqualTo(8, within(1e-4));
  }

  @Test
  void whiteningBiasesRestAfterThreeEpochs() {
    Parameter bias = named("whiten.bias");
    try (Optimizer optimizer = recipe.optimizer(experiment, network, STEPS_PER_EPOCH)) {
      for (int i = 0; i < 3 * STEPS_PER_EPOCH; i++) {
        double[] before = bias.tensor().toDoubles();
        step(optimizer, 1e-3);
        assertThat(bias.tensor().toDoubles()).isNotEqualTo(before);
      }
      double[] after = bias.tensor().toDoubles();
      step(optimizer, 1e-3);
      assertThat(bias.tensor().toDoubles()).isEqualTo(after);
    }
  }
}
