package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.GlobalAvgPool;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNet (Howard et al. 2017, table 1): {@code [N, 3, H, W] -> [N, classes]}. Its windows of 3 x
 * 3 see one channel each; maps of 1 x 1 mix the channels.
 *
 * <pre>{@code
 * Layer net = MobileNet.of(1000);
 * }</pre>
 */
public final class MobileNet {

  private static final int[] WIDTHS = {
    64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
  };

  private MobileNet() {}

  /** The network with that many classes. */
  public static Layer of(int classes) {
    List<Layer> layers = new ArrayList<>();
    int channels = 32;
    normed(layers, new Conv2d(3, channels, 3).stride(2).padding(1), channels);
    for (int width : WIDTHS) {
      // Each width but the first two halves the picture where it is new.
      int stride = width > channels && width > 64 ? 2 : 1;
      normed(
          layers,
          new Conv2d(channels, channels, 3).stride(stride).padding(1).groups(channels),
          channels);
      normed(layers, new Conv2d(channels, width, 1), width);
      channels = width;
    }
    layers.add(new GlobalAvgPool());
    layers.add(new Linear(channels, classes));
    return new Sequential(layers);
  }

  private static void normed(List<Layer> layers, Conv2d convolution, int channels) {
    layers.add(convolution.withoutBias());
    layers.add(new BatchNorm2d(channels));
    layers.add(new ReLU());
  }
}
