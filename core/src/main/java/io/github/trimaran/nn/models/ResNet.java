package io.github.trimaran.nn.models;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.GlobalAvgPool;
import io.github.trimaran.nn.Identity;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Residual;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * Deep residual networks (He et al. 2016, "Deep Residual Learning for Image Recognition", table 1)
 * as torchvision has them: {@code [N, 3, H, W] -> [N, classes]}, scores before softmax, for images
 * of any size that the strides leave something of.
 *
 * <pre>{@code
 * StateDict weights = WeightFiles.read(Path.of("resnet18.pth"));      // torchvision's file
 * ResNet network = ResNet.pretrained(backend, DType.FLOAT32, weights);
 * Tensor scores = network.forward(network.prepare(images));           // [N, 3, H, W] -> [N, 1000]
 *
 * ResNet own = ResNet.forSmallImages(ResNet.Depth.RESNET18, 10);      // to be trained, on CIFAR-10
 * }</pre>
 *
 * <p>It is a {@link Sequential} of layers that have forms, and is written as one, so that ONNX and
 * the folding of batch norms know its parts; what is read again is a Sequential.
 *
 * <p>Strides are those of torchvision, in the 3 x 3 convolutions. First weights are He's, with
 * deviations from their inputs.
 */
public final class ResNet extends Sequential {

  /** The published depths. */
  public enum Depth {
    /** 11.7 million parameters. */
    RESNET18(false, 2, 2, 2, 2),
    /** 21.8 million. */
    RESNET34(false, 3, 4, 6, 3),
    /** 25.6 million; from here on, three convolutions a block. */
    RESNET50(true, 3, 4, 6, 3),
    /** 44.5 million. */
    RESNET101(true, 3, 4, 23, 3),
    /** 60.2 million. */
    RESNET152(true, 3, 8, 36, 3);

    private final boolean bottleneck;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final int[] blocks;

    Depth(boolean bottleneck, int... blocks) {
      this.bottleneck = bottleneck;
      this.blocks = blocks;
    }

    boolean isOf(boolean bottlenecks, int[] inStages) {
      return bottleneck == bottlenecks && Arrays.equals(blocks, inStages);
    }

    /** How many times a block's output is as wide as its 3 x 3 convolution. */
    private int expansion() {
      return bottleneck ? 4 : 1;
    }
  }

  private static final int WIDTH = 64;
  static final int STAGES = 4;

  private final Depth depth;

  /** A network to be trained. */
  public ResNet(Depth depth, int classes) {
    this(depth, classes, false, WIDTH);
  }

  /**
   * The same for images of about 32 x 32: the first convolution is 3 x 3 and keeps the size, and no
   * pooling follows it, as is usual for CIFAR.
   */
  public static ResNet forSmallImages(Depth depth, int classes) {
    return new ResNet(depth, classes, true, WIDTH);
  }

  /** With that many channels in the first stage. */
  ResNet(Depth depth, int classes, boolean small, int width) {
    super(layers(depth, classes, small, width));
    this.depth = depth;
  }

  /**
   * The network that these weights belong to, with them on a backend.
   *
   * @param weights with torchvision's names, {@code conv1.weight} to {@code fc.bias}, or this
   *     network's own
   * @throws IllegalArgumentException if they are not ResNet's, listing all that does not fit
   */
  public static ResNet pretrained(Backend<?> backend, DType dtype, StateDict weights) {
    int classes = weights.contains("fc.bias") ? weights.get("fc.bias").shape().dim(0) : 1000;
    boolean small =
        weights.contains("conv1.weight") && weights.get("conv1.weight").shape().dim(-1) == 3;
    ResNet network = new ResNet(ResNetNames.depthOf(weights), classes, small, WIDTH);
    network.init(backend, dtype, ResNetNames.fromTorchvision(weights));
    return network;
  }

  /**
   * Torchvision's weights under this network's names, for {@link #loadStateDict}, or {@link
   * #loadMatching} below a head for classes of one's own: here a block's convolutions are parts of
   * a {@link Residual}.
   */
  public static StateDict fromTorchvision(StateDict weights) {
    return ResNetNames.fromTorchvision(weights);
  }

  /** This network's weights under torchvision's names: the way back. */
  public static StateDict toTorchvision(StateDict weights) {
    return ResNetNames.toTorchvision(weights);
  }

  private static Sequential.Builder layers(Depth depth, int classes, boolean small, int width) {
    Sequential.Builder layers = builder();
    if (small) {
      layers.add("conv1", convolution(3, width, 3, 1)).add("bn1", new BatchNorm2d(width));
      layers.add("relu", new ReLU());
    } else {
      layers.add("conv1", convolution(3, width, 7, 2)).add("bn1", new BatchNorm2d(width));
      layers.add("relu", new ReLU()).add("maxpool", new MaxPool2d(3, 2).padding(1));
    }
    int inputs = width;
    for (int stage = 0; stage < STAGES; stage++) {
      Sequential.Builder blocks = builder();
      int planes = width << stage;
      for (int i = 0; i < depth.blocks[stage]; i++) {
        int stride = i == 0 && stage > 0 ? 2 : 1;
        blocks.add(Integer.toString(i), block(depth, inputs, planes, stride));
        inputs = planes * depth.expansion();
      }
      layers.add("layer" + (stage + 1), blocks.build());
    }
    return layers.add("avgpool", new GlobalAvgPool()).add("fc", new Linear(inputs, classes));
  }

  private static Layer block(Depth depth, int inputs, int planes, int stride) {
    int outputs = planes * depth.expansion();
    Layer shortcut =
        stride == 1 && inputs == outputs
            ? new Identity()
            : new Sequential(convolution(inputs, outputs, 1, stride), new BatchNorm2d(outputs));
    Layer body =
        depth.bottleneck
            ? bottleneck(inputs, planes, outputs, stride)
            : basic(inputs, outputs, stride);
    return builder().add("residual", new Residual(body, shortcut)).add("relu", new ReLU()).build();
  }

  private static Layer basic(int inputs, int outputs, int stride) {
    return builder()
        .add("conv1", convolution(inputs, outputs, 3, stride))
        .add("bn1", new BatchNorm2d(outputs))
        .add("relu", new ReLU())
        .add("conv2", convolution(outputs, outputs, 3, 1))
        .add("bn2", new BatchNorm2d(outputs))
        .build();
  }

  private static Layer bottleneck(int inputs, int planes, int outputs, int stride) {
    return builder()
        .add("conv1", convolution(inputs, planes, 1, 1))
        .add("bn1", new BatchNorm2d(planes))
        .add("relu1", new ReLU())
        .add("conv2", convolution(planes, planes, 3, stride))
        .add("bn2", new BatchNorm2d(planes))
        .add("relu2", new ReLU())
        .add("conv3", convolution(planes, outputs, 1, 1))
        .add("bn3", new BatchNorm2d(outputs))
        .build();
  }

  private static Conv2d convolution(int inputs, int outputs, int kernel, int stride) {
    return new Conv2d(inputs, outputs, kernel)
        .stride(stride)
        .padding(kernel / 2)
        .withoutBias()
        .weightInit(Initializers.heNormal());
  }

  /** How deep it is. */
  public Depth depth() {
    return depth;
  }

  /** How torchvision's weights want their images. */
  public ImagePreparation preparation() {
    return ImagePreparation.imageNet();
  }

  /**
   * Its input for pixels, differentiable: {@code [N, 3, H, W]}, red, green and blue from 0 to 255.
   *
   * @throws IllegalArgumentException if there are not three channels
   */
  public Tensor prepare(Tensor pixels) {
    return PreparedImages.of(pixels, preparation());
  }
}
