package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.GlobalAvgPool;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Residual;
import io.github.trimaran.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNet-18 (He et al. 2016, table 1): {@code [N, 3, H, W] -> [N, classes]}. Its convolutions are
 * those that most pretrained networks for pictures have.
 *
 * <pre>{@code
 * Layer net = ResNet18.of(1000);
 * }</pre>
 */
public final class ResNet18 {

  private static final int[] WIDTHS = {64, 128, 256, 512};

  private ResNet18() {}

  /** The network with that many classes. */
  public static Layer of(int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(conv(3, WIDTHS[0], 7, 2));
    layers.add(new BatchNorm2d(WIDTHS[0]));
    layers.add(new ReLU());
    layers.add(new MaxPool2d(3, 2).padding(1));
    return withBlocks(layers, classes);
  }

  /** The form for images of 32 x 32: a first window of 3 x 3, which skips no pixels, no pooling. */
  public static Layer small(int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(conv(3, WIDTHS[0], 3, 1));
    layers.add(new BatchNorm2d(WIDTHS[0]));
    layers.add(new ReLU());
    return withBlocks(layers, classes);
  }

  private static Layer withBlocks(List<Layer> layers, int classes) {
    int channels = WIDTHS[0];
    for (int width : WIDTHS) {
      int stride = width == channels ? 1 : 2;
      layers.add(block(channels, width, stride));
      layers.add(new ReLU());
      layers.add(block(width, width, 1));
      layers.add(new ReLU());
      channels = width;
    }
    layers.add(new GlobalAvgPool());
    layers.add(new Linear(channels, classes));
    return new Sequential(layers);
  }

  private static Layer block(int from, int to, int stride) {
    Layer body =
        new Sequential(
            conv(from, to, 3, stride),
            new BatchNorm2d(to),
            new ReLU(),
            conv(to, to, 3, 1),
            new BatchNorm2d(to));
    return stride == 1
        ? new Residual(body)
        : new Residual(body, new Sequential(conv(from, to, 1, stride), new BatchNorm2d(to)));
  }

  private static Conv2d conv(int from, int to, int kernel, int stride) {
    return new Conv2d(from, to, kernel).stride(stride).padding(kernel / 2).withoutBias();
  }
}
