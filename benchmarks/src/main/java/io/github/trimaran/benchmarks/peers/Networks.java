package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.SqueezeNet;

/**
 * The networks whose inference is measured, and their random images. {@code cifar} and {@code
 * mnist} are BasicConvNet for the shapes of these data sets, {@code squeezenet} is SqueezeNet 1.0.
 */
final class Networks {

  private Networks() {}

  /** Whether the pictures of this network have the size that is asked for. */
  static boolean isForPictures(String network) {
    return network.equals("squeezenet")
        || network.equals("resnet18")
        || network.equals("mobilenet");
  }

  /** The network, without weights yet. */
  static Layer of(String network) {
    return switch (network) {
      case "squeezenet" -> new SqueezeNet(SqueezeNet.Version.V1_0, 1000);
      case "resnet18" -> ResNet18.of(1000);
      case "mobilenet" -> MobileNet.of(1000);
      default -> basic(Workload.of(network, 1));
    };
  }

  private static BasicConvNet basic(Workload workload) {
    return new BasicConvNet(
        BasicConvNet.Settings.defaults(
                Shape.of(workload.channels(), workload.side(), workload.side()))
            .withHidden(workload.hidden()));
  }

  /**
   * A batch for it.
   *
   * @param size height and width, where the network does not say
   */
  static HostArray images(String network, int batch, int size) {
    if (!isForPictures(network)) {
      return Workload.of(network, batch).imageArray();
    }
    Shape shape = Shape.of(batch, 3, size, size);
    return HostArray.of(Workload.normal(1, shape.size(), 1), shape);
  }
}
