package io.github.trimaran.examples.datasets;

import io.github.trimaran.array.Shape;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.onnx.OnnxModel;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.onnx.file.Port;
import java.nio.file.Path;
import java.util.List;

/** What an ONNX file of a network of pictures says about them. */
public final class OnnxImages {

  private static final int RGB = 3;

  /** The side of the images of ImageNet, for files that leave it open. */
  private static final int USUAL_SIDE = 224;

  private OnnxImages() {}

  /**
   * Of one image, {@code [C, H, W]}; 3 and 224 where the file leaves it open.
   *
   * @throws InputException if the network takes anything else
   */
  public static Shape shape(Path file, OnnxModel model) {
    Port input = model.inputs().get(0);
    boolean image =
        model.inputs().size() == 1
            && input.type().kind().isFloating()
            && input.extents() != null
            && input.extents().size() == 4;
    if (!image) {
      throw new InputException(
          file + ": one input of images [N, C, H, W] is needed, it has " + model.inputs());
    }
    int[] extents = new int[3];
    for (int i = 0; i < extents.length; i++) {
      String extent = input.extents().get(i + 1);
      extents[i] = isNumber(extent) ? Integer.parseInt(extent) : i == 0 ? RGB : USUAL_SIDE;
    }
    return Shape.of(extents);
  }

  /** Whether images must have the height and width that the file says. */
  static boolean isFixed(OnnxModel model) {
    return isNumber(model.inputs().get(0).extents().get(2));
  }

  private static boolean isNumber(String extent) {
    return extent.matches("[0-9]{1,5}");
  }

  /** Whether it gives probabilities itself. */
  public static boolean endsInSoftmax(OnnxModel model) {
    List<Node> nodes = model.nodes();
    return !nodes.isEmpty() && nodes.get(nodes.size() - 1).operator().equals("Softmax");
  }
}
