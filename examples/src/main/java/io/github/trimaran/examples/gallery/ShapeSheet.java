package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.image.ContactSheet;
import io.github.trimaran.vision.image.ImageGrid;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pictures of shapes, what they are, what a network takes them for, and where it errs. */
final class ShapeSheet {

  private static final int COLUMNS = 4;
  private static final int SHOWN = 16;

  /** Of ground, circle, square and triangle: black, yellow, blue and red. */
  private static final float[][] COLOURS = {
    {0.1f, 0.1f, 0.1f}, {1, 0.8f, 0.2f}, {0.3f, 0.6f, 1}, {0.95f, 0.3f, 0.3f}
  };

  private static final float[][] RIGHT_OR_WRONG = {{0.1f, 0.1f, 0.1f}, {1, 1, 1}};

  private ShapeSheet() {}

  /** The sheet of the first pictures of a source. */
  static BufferedImage of(Layer network, ShapePictures pictures) {
    Batch batch = new ShapePictures(SHOWN, SHOWN, pictures.rng()).epoch(0, 0).iterator().next();
    long[] truth = batch.target().longs();
    long[] taken;
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the sheet of shapes")) {
      Tensor input = Tensor.of(network.backend(), batch.input()).to(network.dtype());
      taken = network.forward(input).argMax(1).toLongs();
    }
    long[] wrong = new long[truth.length];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = truth[i] == taken[i] ? 0 : 1;
    }
    Map<String, BufferedImage> parts = new LinkedHashMap<>();
    parts.put("pictures", ImageGrid.of(batch.input(), COLUMNS, 1));
    parts.put("circles, squares and triangles in them", coloured(truth, COLOURS));
    parts.put("what the network marks", coloured(taken, COLOURS));
    parts.put("where it is wrong", coloured(wrong, RIGHT_OR_WRONG));
    return ContactSheet.of(parts);
  }

  private static BufferedImage coloured(long[] classes, float[][] colours) {
    int plane = ShapePictures.SIDE * ShapePictures.SIDE;
    float[] values = new float[3 * classes.length];
    for (int i = 0; i < classes.length; i++) {
      for (int c = 0; c < 3; c++) {
        values[(i / plane * 3 + c) * plane + i % plane] = colours[(int) classes[i]][c];
      }
    }
    Shape shape = Shape.of(SHOWN, 3, ShapePictures.SIDE, ShapePictures.SIDE);
    return ImageGrid.of(HostArray.of(values, shape), COLUMNS, 1);
  }
}
