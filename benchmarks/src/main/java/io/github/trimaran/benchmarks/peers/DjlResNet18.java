package io.github.trimaran.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/** {@link ResNet18} in DJL's blocks. */
final class DjlResNet18 {

  private static final int[] WIDTHS = {64, 128, 256, 512};

  private DjlResNet18() {}

  static Block of(boolean small, int classes) {
    SequentialBlock net = new SequentialBlock();
    net.add(small ? conv(WIDTHS[0], 3, 1) : conv(WIDTHS[0], 7, 2))
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock());
    if (!small) {
      net.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    }
    int channels = WIDTHS[0];
    for (int width : WIDTHS) {
      net.add(residual(width, width == channels ? 1 : 2)).add(residual(width, 1));
      channels = width;
    }
    return net.add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(classes).build());
  }

  private static Block residual(int width, int stride) {
    Block body =
        new SequentialBlock()
            .add(conv(width, 3, stride))
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(conv(width, 3, 1))
            .add(BatchNorm.builder().build());
    Block shortcut =
        stride == 1
            ? Blocks.identityBlock()
            : new SequentialBlock().add(conv(width, 1, stride)).add(BatchNorm.builder().build());
    return new SequentialBlock()
        .add(new ParallelBlock(DjlResNet18::sum, List.of(body, shortcut)))
        .add(Activation.reluBlock());
  }

  private static NDList sum(List<NDList> branches) {
    NDArray body = branches.get(0).singletonOrThrow();
    return new NDList(body.add(branches.get(1).singletonOrThrow()));
  }

  private static Block conv(int filters, int kernel, int stride) {
    return Conv2d.builder()
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .setFilters(filters)
        .optBias(false)
        .build();
  }
}
