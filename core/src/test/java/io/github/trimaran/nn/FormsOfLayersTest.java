package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.trimaran.array.DType;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.forms.Forms;
import io.github.trimaran.nn.models.AirbenchNet;
import io.github.trimaran.nn.models.ResNet;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer of the library is made again from its form, and computes what it computed. */
class FormsOfLayersTest {

  /** A function cannot be written; the others are written as the Sequential that they are. */
  private static final Set<String> WITHOUT_FORM =
      Set.of(
          Lambda.class.getSimpleName(),
          AirbenchNet.class.getSimpleName(),
          ResNet.class.getSimpleName());

  private final NaiveBackend backend = new NaiveBackend();

  static List<LayerCase> cases() {
    List<LayerCase> cases = new ArrayList<>(LayerCases.ALL);
    LayerCases.ACTIVATIONS.forEach((name, layer) -> cases.add(LayerCase.of(name, layer, 2, 3)));
    cases.addAll(
        Arrays.asList(
            LayerCase.of(
                "BatchNorm2d, only a bias", () -> new BatchNorm2d(2).withoutWeight(), 2, 2, 2, 2),
            LayerCase.of("InstanceNorm1d", () -> new InstanceNorm1d(2).withAffine(), 2, 2, 4),
            LayerCase.of("LayerNorm without bias", () -> new LayerNorm(4).withoutBias(), 2, 4),
            LayerCase.of(
                "Conv2d, reflected",
                () -> new Conv2d(1, 2, 3).padding(1).paddingMode(PaddingMode.REFLECT),
                1,
                1,
                4,
                4),
            LayerCase.of("PReLU by channel", () -> new PReLU(2), 3, 2),
            LayerCase.of("Dropout", () -> new Dropout(0.25), 2, 3),
            LayerCase.of("AlphaDropout", () -> new AlphaDropout(0.25), 2, 3),
            LayerCase.of("Residual", () -> new Residual(new Linear(3, 3), new Scale(0.5)), 2, 3),
            LayerCase.of(
                "NormedConv2d", () -> new NormedConv2d(new Conv2d(1, 2, 3), 2), 2, 1, 4, 4),
            LayerCase.of("Concat", () -> new Concat(new Linear(3, 2), new Linear(3, 1)), 2, 3)));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void madeAgainItComputesTheSame(LayerCase one) throws IOException {
    String json = Json.write(Forms.standard().write(one.layer().get()));
    try (Layer layer = one.on(backend, DType.FLOAT64);
        Layer again = (Layer) Forms.standard().read(Json.parseObject(json));
        Scope scope = Scope.open("a layer case")) {
      assertThat(again).hasSameClassAs(layer).hasToString(layer.toString());
      again.init(backend, DType.FLOAT64, layer.stateDict());
      Tensor x = Tensor.of(backend, one.inputValues());
      assertThat(again.forward(x).toHost()).isEqualTo(layer.forward(x).toHost());
    }
  }

  @Test
  void everyLayerOfTheLibraryHasAForm() {
    String registered = Forms.standard().toString().replaceAll("[\\[\\]]", " ").replace(",", " ");
    Stream<JavaClass> layers =
        new ClassFileImporter()
            .importUrl(Layer.class.getProtectionDomain().getCodeSource().getLocation()).stream()
                .filter(one -> one.isAssignableTo(Layer.class))
                .filter(one -> !one.getModifiers().contains(JavaModifier.ABSTRACT));
    assertThat(
            layers
                .map(JavaClass::getSimpleName)
                .filter(name -> !WITHOUT_FORM.contains(name))
                .filter(name -> !registered.contains(" " + name + " ")))
        .isEmpty();
  }
}
