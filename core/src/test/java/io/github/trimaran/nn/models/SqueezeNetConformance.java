package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.TestData;
import io.github.trimaran.io.weights.WeightFiles;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What SqueezeNet must give on every backend: the reference logits, computed in float64 elsewhere,
 * where the data is; and gradients of a class score with respect to the image that agree with
 * central differences.
 */
public abstract class SqueezeNetConformance {

  private final Backend<?> backend;

  /** Checks this backend. */
  protected SqueezeNetConformance(Backend<?> backend) {
    this.backend = backend;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kitten", "tubingen"})
  final void givesTheReferenceLogits(String picture) throws IOException {
    Optional<Path> file = TestData.find("squeezenet/squeezenet1_0.safetensors");
    assumeThat(file).isPresent();
    StateDict reference =
        Safetensors.read(file.get().resolveSibling("reference_" + picture + ".safetensors"));
    try (SqueezeNet net =
            SqueezeNet.pretrained(backend, DType.FLOAT32, WeightFiles.read(file.get()));
        Scope scope = Scope.open()) {
      float[] logits = net.forward(Tensor.of(backend, reference.get("input"))).toFloats();
      assertThat(logits).containsExactly(reference.get("logits").floats(), within(1e-3f));
    }
  }

  /**
   * The network is linear between its kinks, so that a step which crosses few of them is accurate.
   */
  @ParameterizedTest
  @EnumSource
  final void scoreGradientsAgreeWithDifferences(SqueezeNet.Version version) {
    Rng rng = Rng.seeded(11);
    try (SqueezeNet net = new SqueezeNet(version, 5)) {
      net.init(backend, DType.FLOAT64, rng.fork("weights"));
      Shape shape = Shape.of(1, 3, 48, 40);
      double[] image = rng.fork("image").doubles(shape.size(), -1, 1).toArray();
      double[] direction = rng.fork("direction").doubles(shape.size(), -1, 1).toArray();
      double step = 1e-6;
      double difference =
          (score(net, image, direction, step) - score(net, image, direction, -step)) / (2 * step);
      double automatic = 0;
      try (Scope scope = Scope.open()) {
        Tensor x = Tensor.of(backend, HostArray.of(image, shape)).requiresGrad();
        double[] gradient = Gradients.of(net.forward(x).narrow(1, 2, 1), x).get(x).toDoubles();
        for (int i = 0; i < gradient.length; i++) {
          automatic += gradient[i] * direction[i];
        }
      }
      assertThat(Math.abs(automatic)).isGreaterThan(1e-6);
      assertThat(difference / automatic).isCloseTo(1, within(1e-5));
    }
  }

  private double score(SqueezeNet net, double[] image, double[] direction, double step) {
    double[] moved = new double[image.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = image[i] + step * direction[i];
    }
    try (Scope scope = Scope.open()) {
      return net.forward(Tensor.of(backend, moved, 1, 3, 48, 40)).toDoubles()[2];
    }
  }
}
