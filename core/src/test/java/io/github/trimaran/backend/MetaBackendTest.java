package io.github.trimaran.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.models.AirbenchNet;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shapes without values are those that values would have. */
class MetaBackendTest {

  private static void check(Layer model, Shape input) {
    String before = model.summary(input);
    model.init(new NaiveBackend(), DType.FLOAT32, Rng.seeded(1));
    assertThat(model.summary(input)).isEqualTo(before);
  }

  @Test
  void networksGiveTheShapesThatTheyWouldCompute() {
    Shape small = Shape.of(2, 1, 8, 8);
    check(
        new BasicConvNet(
            BasicConvNet.Settings.defaults(Shape.of(1, 8, 8)).withFilters(2).withFilterSize(3)),
        small);
    check(new ConvNet(new ConvNet.Settings(Shape.of(1, 8, 8), 2, 2, 3, 4, 3, true, 0.5)), small);
    AirbenchNet.Settings airbench = AirbenchNet.Settings.defaults().scaled(1.0 / 32).deepened();
    check(new AirbenchNet(airbench, Shape.of(4, 3, 2, 2)), Shape.of(1, 3, 32, 32));
  }

  @Test
  void aLargeNetworkIsSummedUpWithoutWeights() {
    SqueezeNet net = new SqueezeNet(SqueezeNet.Version.V1_1, 1000);
    assertThat(net.summary(Shape.of(64, 3, 224, 224))).contains("[64, 1000]").contains("1,235,496");
    List<Model> parts = List.copyOf(net.children().values());
    assertThat(parts).isNotEmpty().noneMatch(Model::isInitialised);
    assertThat(Mode.EVAL.isObserved()).isFalse();
  }
}
