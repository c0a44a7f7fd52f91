package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a network wants its images, which goes with its weights: their metadata say it, in the
 * entries {@code channel_order}, {@code pixel_range}, {@code mean} and {@code std}.
 *
 * <pre>{@code
 * ImagePreparation wanted = ImagePreparation.of(weights);
 * Tensor x = Tensor.of(backend, wanted.apply(pixels));
 * }</pre>
 *
 * <p>Pixels are red, green and blue from 0 to 255, {@code [N, 3, H, W]}; the network's value of
 * channel c is
 *
 * <pre>
 * (pixel[order(c)] / scale - mean[c]) / std[c]
 * </pre>
 *
 * @param bgr whether the network's channels are blue, green, red
 * @param scale 255 if the network counts from 0 to 1, 1 if from 0 to 255
 * @param mean of each of the network's channels
 * @param std of each of the network's channels; 1 for no division
 */
public record ImagePreparation(boolean bgr, double scale, List<Double> mean, List<Double> std) {

  private static final int CHANNELS = 3;
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*([0-9.]+)\\s*,\\s*([0-9.]+)\\s*,\\s*([0-9.]+)\\b.*", Pattern.DOTALL);

  /** Checks that there are three channels. */
  public ImagePreparation {
    if (mean.size() != CHANNELS || std.size() != CHANNELS) {
      throw new IllegalArgumentException("image preparation: mean and std must have 3 values");
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Caffe's for ImageNet: blue, green, red in 0..255 with 104, 117, 123 taken off. */
  public static ImagePreparation caffe() {
    return new ImagePreparation(true, 1, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0));
  }

  /**
   * torchvision's for ImageNet: red, green, blue in 0..1, normalised by their mean and standard
   * deviation.
   */
  public static ImagePreparation imageNet() {
    return new ImagePreparation(
        false, 255, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
  }

  /**
   * What the metadata of weights say; {@link #imageNet()} where they say nothing, as torchvision's
   * own files do.
   *
   * @throws IllegalArgumentException if an entry cannot be understood
   */
  public static ImagePreparation of(StateDict weights) {
    Map<String, String> notes = weights.metadata();
    if (!notes.containsKey("channel_order")) {
      return imageNet();
    }
    boolean bgr = one(notes, "channel_order", "BGR", "RGB");
    boolean bytes = one(notes, "pixel_range", "0..255", "0..1");
    List<Double> mean = numbers(notes, "mean");
    List<Double> std = notes.containsKey("std") ? numbers(notes, "std") : List.of(1.0, 1.0, 1.0);
    return new ImagePreparation(bgr, bytes ? 1 : 255, mean, std);
  }

  private static boolean one(Map<String, String> notes, String key, String yes, String no) {
    String value = notes.getOrDefault(key, "");
    if (!value.equals(yes) && !value.equals(no)) {
      throw new IllegalArgumentException(
          "image preparation: " + key + " must be " + yes + " or " + no + ", is '" + value + "'");
    }
    return value.equals(yes);
  }

  private static List<Double> numbers(Map<String, String> notes, String key) {
    String value = notes.getOrDefault(key, "");
    Matcher matcher = NUMBERS.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "image preparation: " + key + " must begin with three numbers, is '" + value + "'");
    }
    return List.of(
        Double.valueOf(matcher.group(1)),
        Double.valueOf(matcher.group(2)),
        Double.valueOf(matcher.group(3)));
  }

  /** What {@link #of} reads, for weights that are saved. */
  public Map<String, String> metadata() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("channel_order", bgr ? "BGR" : "RGB");
    notes.put("pixel_range", scale == 1 ? "0..255" : "0..1");
    notes.put("mean", joined(mean));
    notes.put("std", joined(std));
    return notes;
  }

  private static String joined(List<Double> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * The network's input for pixels, float32 of the same shape.
   *
   * @throws IllegalArgumentException if the shape is not {@code [N, 3, H, W]}
   */
  public HostArray apply(HostArray pixels) {
    int plane = plane(pixels.shape());
    float[] prepared = new float[pixels.shape().size()];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = (float) prepared(i / plane % CHANNELS, pixels.get(partner(i, plane)));
    }
    return HostArray.of(prepared, pixels.shape());
  }

  /** The pixels, not clipped, that {@link #apply} would make this input of. */
  public HostArray invert(HostArray input) {
    int plane = plane(input.shape());
    float[] pixels = new float[input.shape().size()];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / plane % CHANNELS;
      double value = input.get(i) * std.get(channel) + mean.get(channel);
      pixels[partner(i, plane)] = (float) (value * scale);
    }
    return HostArray.of(pixels, input.shape());
  }

  /** The network's value of one of its channels for a pixel value from 0 to 255. */
  public double prepared(int channel, double pixel) {
    return (pixel / scale - mean.get(channel)) / std.get(channel);
  }

  /** Where, in the other channel order, the element {@code i} lies; its own inverse. */
  private int partner(int i, int plane) {
    return bgr ? i + (CHANNELS - 1 - 2 * (i / plane % CHANNELS)) * plane : i;
  }

  private static int plane(Shape shape) {
    if (shape.rank() != 4 || shape.dim(1) != CHANNELS) {
      throw new IllegalArgumentException(
          "image preparation: expected images [N, 3, H, W], is " + shape);
    }
    return shape.dim(2) * shape.dim(3);
  }
}
