package io.github.trimaran.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;

/** SqueezeNet 1.0 in DJL's operations, with random weights that no gradient is asked for. */
final class DjlSqueezeNet {

  private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64};
  private static final Shape UNIT = new Shape(1, 1);

  /** A convolution with bias and ReLU. */
  private record Filters(NDArray weight, NDArray bias, int stride, int padding) {

    NDArray of(NDArray x) {
      NDArray y =
          Conv2d.conv2d(
                  x, weight, bias, new Shape(stride, stride), new Shape(padding, padding), UNIT, 1)
              .singletonOrThrow();
      return Activation.relu(y);
    }
  }

  private final List<Filters> convolutions = new ArrayList<>();

  DjlSqueezeNet(NDManager manager) {
    add(manager, 3, 96, 7, 2, 0);
    int channels = 96;
    for (int squeezed : SQUEEZED) {
      add(manager, channels, squeezed, 1, 1, 0);
      add(manager, squeezed, 4 * squeezed, 1, 1, 0);
      add(manager, squeezed, 4 * squeezed, 3, 1, 1);
      channels = 8 * squeezed;
    }
    add(manager, channels, 1000, 1, 1, 0);
  }

  private void add(
      NDManager manager, int channels, int filters, int kernel, int stride, int padding) {
    double deviation = Math.sqrt(2.0 / (channels * kernel * kernel));
    Shape shape = new Shape(filters, channels, kernel, kernel);
    NDArray weight = Djl.random(manager, convolutions.size(), deviation, shape);
    convolutions.add(new Filters(weight, manager.zeros(new Shape(filters)), stride, padding));
  }

  /**
   * What layers {@code features.0} to that of a number give, as torchvision counts them; the first
   * two are one here.
   */
  List<NDArray> maps(NDArray x, int last) {
    List<NDArray> maps = new ArrayList<>();
    NDArray y = convolutions.get(0).of(x);
    maps.add(y);
    maps.add(y);
    y = pool(y);
    maps.add(y);
    for (int fire = 0; fire < SQUEEZED.length && maps.size() <= last; fire++) {
      NDArray squeezed = convolutions.get(1 + 3 * fire).of(y);
      NDArray narrow = convolutions.get(2 + 3 * fire).of(squeezed);
      NDArray wide = convolutions.get(3 + 3 * fire).of(squeezed);
      y = NDArrays.concat(new NDList(narrow, wide), 1);
      maps.add(y);
      if ((fire == 2 || fire == 6) && maps.size() <= last) {
        y = pool(y);
        maps.add(y);
      }
    }
    return maps;
  }

  /** {@code [N, 1000]}. */
  NDArray scores(NDArray x) {
    List<NDArray> maps = maps(x, Integer.MAX_VALUE);
    NDArray last = convolutions.get(convolutions.size() - 1).of(maps.get(maps.size() - 1));
    return last.getNDArrayInternal().globalAvgPool();
  }

  private static NDArray pool(NDArray x) {
    return x.getNDArrayInternal().maxPool(new Shape(3, 3), new Shape(2, 2), new Shape(0, 0), true);
  }
}
