package io.github.trimaran.vision.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.image.Resize;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a picture of any size to a model's input, float32 {@code [3, H, W]}: resized, the central
 * part cut out, and its values as the network wants them. It is saved with the model.
 *
 * <pre>{@code
 * PicturePreparation small = PicturePreparation.of(64, 64);
 * PicturePreparation pretrained = PicturePreparation.of(227, 227).values(ImagePreparation.caffe());
 * Map<String, HostArray> input = pretrained.apply(Pictures.read(Path.of("kitten.jpg")));
 * }</pre>
 *
 * <p>The picture is resized so that it just covers height and width, aspect ratio kept, and what
 * stands out is cut off evenly. Values are red, green and blue from 0 to 1 unless told otherwise.
 */
public final class PicturePreparation implements Preparation<BufferedImage> {

  static final String KIND = "picture";

  private static final ImagePreparation UNIT =
      new ImagePreparation(false, 255, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  private final int height;
  private final int width;
  private final ImagePreparation values;

  private PicturePreparation(int height, int width, ImagePreparation values) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "picture: height and width must be at least 1, are " + height + " and " + width);
    }
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** To that size. */
  public static PicturePreparation of(int height, int width) {
    return new PicturePreparation(height, width, UNIT);
  }

  /** The same with values as a pretrained network wants them. */
  public PicturePreparation values(ImagePreparation other) {
    return new PicturePreparation(height, width, other);
  }

  /** {@code [3, H, W]}. */
  public Shape shape() {
    return Shape.of(3, height, width);
  }

  /** The input of a picture. */
  public HostArray input(BufferedImage picture) {
    double factor =
        Math.max((double) height / picture.getHeight(), (double) width / picture.getWidth());
    int scaledWidth = (int) Math.max(width, Math.round(picture.getWidth() * factor));
    int scaledHeight = (int) Math.max(height, Math.round(picture.getHeight() * factor));
    BufferedImage part =
        Resize.centre(Resize.to(picture, scaledWidth, scaledHeight), width, height);
    return values.apply(Pixels.of(part)).reshape(shape());
  }

  @Override
  public Map<String, HostArray> apply(BufferedImage picture) {
    return Map.of(Batch.INPUT, input(picture));
  }

  /** A black picture. */
  @Override
  public Map<String, HostArray> example() {
    return apply(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("height", height);
    settings.put("width", width);
    settings.put("bgr", values.bgr());
    settings.put("scale", values.scale());
    settings.put("mean", values.mean());
    settings.put("std", values.std());
    return settings;
  }

  /** What {@link #settings} wrote. */
  public static PicturePreparation fromJson(JsonObject json) throws JsonException {
    ImagePreparation values =
        new ImagePreparation(
            json.bool("bgr"),
            json.number("scale"),
            Arrays.stream(json.numbers("mean")).boxed().toList(),
            Arrays.stream(json.numbers("std")).boxed().toList());
    return new PicturePreparation(json.int32("height"), json.int32("width"), values);
  }

  @Override
  public String toString() {
    return "pictures " + shape() + ", " + values;
  }
}
