package io.github.trimaran.vision.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.image.Resize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a network with random weights, whose features serve as well to see that losses fall. */
class StyleTransferTest {

  private static final StyleSettings SETTINGS =
      StyleSettings.defaults(SqueezeNet.Version.V1_0).withIterations(12);

  private final Backend<?> backend = Backends.get("cpu");
  private final HostArray content = Pixels.of(Resize.longerSide(DrawnPictures.landscape(), 64));
  private final HostArray style = Pixels.of(Resize.longerSide(DrawnPictures.strokes(), 56));
  private SqueezeNet net;

  @BeforeEach
  void draw() {
    net = new SqueezeNet(SqueezeNet.Version.V1_0, 2);
    net.init(backend, DType.FLOAT32, Rng.seeded(3));
  }

  @AfterEach
  void close() {
    net.close();
  }

  private StyleTransfer.Result run(StyleSettings settings, long seed) {
    return new StyleTransfer(net, settings)
        .run(content, style, Rng.seeded(seed), (iteration, loss, pixels) -> {});
  }

  @ParameterizedTest
  @EnumSource
  void bothMethodsBringTheLossDownAndKeepPixelsInRange(StyleSettings.Method method) {
    StyleTransfer.Result result = run(SETTINGS.withMethod(method, 5), 1);
    assertThat(result.last().total()).isLessThan(0.5 * result.first().total());
    assertThat(result.first().content()).isZero();
    assertThat(result.first().styleByLayer().keySet())
        .containsExactlyElementsOf(SETTINGS.styleLayers().keySet());
    assertThat(result.history()).hasSize(13);
    assertThat(result.pixels().shape()).isEqualTo(content.shape());
    for (double value : result.pixels().toDoubles()) {
      assertThat(value).isBetween(0.0, 255.0);
    }
  }

  @Test
  void noiseFollowsFromTheSeed() {
    StyleSettings settings = SETTINGS.withStart(StyleSettings.Start.NOISE).withIterations(2);
    assertThat(run(settings, 1).pixels()).isEqualTo(run(settings, 1).pixels());
    assertThat(run(settings, 1).pixels()).isNotEqualTo(run(settings, 2).pixels());
    assertThat(run(settings, 1).first().content()).isGreaterThan(0);
  }

  @Test
  void coloursCanBeKept() {
    HostArray made = run(SETTINGS.withPreserveColours(true).withIterations(3), 1).pixels();
    int plane = content.shape().dim(2) * content.shape().dim(3);
    int inside = 0;
    for (int i = 0; i < plane; i++) {
      double red = made.get(i);
      double blue = made.get(2 * plane + i);
      boolean clipped = Math.min(red, blue) <= 0 || Math.max(red, blue) >= 255;
      if (!clipped) {
        inside++;
        assertThat(red - blue).isCloseTo(content.get(i) - content.get(2 * plane + i), within(0.01));
      }
    }
    assertThat(inside).isGreaterThan(plane / 2);
  }

  @Test
  void watchersSeeEveryStepAndPixelsOnRequest() {
    List<Integer> seen = new ArrayList<>();
    List<HostArray> pictures = new ArrayList<>();
    new StyleTransfer(net, SETTINGS.withIterations(3))
        .run(
            content,
            style,
            Rng.seeded(1),
            (iteration, loss, pixels) -> {
              seen.add(iteration);
              pictures.add(pixels.get());
            });
    assertThat(seen).containsExactly(0, 1, 2, 3);
    assertThat(pictures.get(0)).isEqualTo(content);
    assertThat(pictures.get(3)).isNotEqualTo(pictures.get(2));
  }

  @Test
  void leavesNoArraysBehind() {
    long before = backend.liveArrays();
    run(SETTINGS.withIterations(2), 1);
    run(SETTINGS.withMethod(StyleSettings.Method.ADAM, 5).withIterations(2), 1);
    assertThat(backend.liveArrays()).isEqualTo(before);
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> SETTINGS.withIterations(0)).hasMessageContaining("at least 1, are 0");
    assertThatThrownBy(() -> SETTINGS.withWeights(-1, 0)).hasMessageContaining("not be negative");
    assertThatThrownBy(() -> run(SETTINGS.withContentLayer("conv1"), 1))
        .hasMessageContaining("no feature map 'conv1'");
  }
}
