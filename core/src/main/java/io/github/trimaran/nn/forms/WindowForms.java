package io.github.trimaran.nn.forms;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.AdaptiveAvgPool1d;
import io.github.trimaran.nn.AdaptiveAvgPool2d;
import io.github.trimaran.nn.AdaptiveMaxPool1d;
import io.github.trimaran.nn.AdaptiveMaxPool2d;
import io.github.trimaran.nn.AvgPool1d;
import io.github.trimaran.nn.AvgPool2d;
import io.github.trimaran.nn.ConstantPad2d;
import io.github.trimaran.nn.Conv1d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.ConvTranspose1d;
import io.github.trimaran.nn.ConvTranspose2d;
import io.github.trimaran.nn.GlobalAvgPool;
import io.github.trimaran.nn.GlobalMaxPool;
import io.github.trimaran.nn.MaxPool1d;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.PaddingMode;
import io.github.trimaran.nn.PixelShuffle;
import io.github.trimaran.nn.PixelUnshuffle;
import io.github.trimaran.nn.ReflectionPad1d;
import io.github.trimaran.nn.ReflectionPad2d;
import io.github.trimaran.nn.ReplicationPad1d;
import io.github.trimaran.nn.ReplicationPad2d;
import io.github.trimaran.nn.Upsample;
import io.github.trimaran.nn.ZeroPad2d;

/** Convolutions, pools, paddings and changes of size. */
final class WindowForms {

  private WindowForms() {}

  static Forms addTo(Forms forms) {
    return paddings(pools(convolutions(forms)))
        .with(PixelShuffle.class, (json, all) -> new PixelShuffle(json.int32("factor")))
        .with(PixelUnshuffle.class, (json, all) -> new PixelUnshuffle(json.int32("factor")))
        .with(Upsample.class, (json, all) -> upsample(json));
  }

  // ---- convolutions ---------------------------------------------------------------------------

  private static Forms convolutions(Forms forms) {
    return forms
        .with(Conv1d.class, (json, all) -> conv1d(json))
        .with(Conv2d.class, (json, all) -> conv2d(json))
        .with(ConvTranspose1d.class, (json, all) -> transpose1d(json))
        .with(ConvTranspose2d.class, (json, all) -> transpose2d(json));
  }

  /** Settings of exactly so many integers. */
  private static int[] ints(JsonObject json, String name, int count) throws JsonException {
    int[] values = json.int32s(name);
    if (values.length != count) {
      throw new JsonException(
          "model: " + name + " must be " + count + " numbers, are " + values.length);
    }
    return values;
  }

  private static Conv2dGeometry geometry(JsonObject json) throws JsonException {
    int[] stride = ints(json, "stride", 2);
    int[] padding = ints(json, "padding", 4);
    int[] dilation = ints(json, "dilation", 2);
    return Conv2dGeometry.unit()
        .withStride(stride[0], stride[1])
        .withPadding(padding[0], padding[1], padding[2], padding[3])
        .withDilation(dilation[0], dilation[1])
        .withGroups(json.int32("groups", 1));
  }

  private static PaddingMode mode(JsonObject json) throws JsonException {
    return json.has("padding_mode")
        ? json.oneOf("padding_mode", PaddingMode.values())
        : PaddingMode.ZEROS;
  }

  private static Conv1d conv1d(JsonObject json) throws JsonException {
    Conv1d conv =
        new Conv1d(json.int32("inputs"), json.int32("outputs"), ints(json, "kernel", 1)[0])
            .geometry(geometry(json))
            .paddingMode(mode(json));
    return json.bool("bias", true) ? conv : conv.withoutBias();
  }

  private static Conv2d conv2d(JsonObject json) throws JsonException {
    int[] kernel = ints(json, "kernel", 2);
    Conv2d conv =
        new Conv2d(json.int32("inputs"), json.int32("outputs"), kernel[0], kernel[1])
            .geometry(geometry(json))
            .paddingMode(mode(json));
    return json.bool("bias", true) ? conv : conv.withoutBias();
  }

  private static ConvTranspose1d transpose1d(JsonObject json) throws JsonException {
    ConvTranspose1d conv =
        new ConvTranspose1d(json.int32("inputs"), json.int32("outputs"), ints(json, "kernel", 1)[0])
            .geometry(geometry(json))
            .outputPadding(ints(json, "output_padding", 2)[1]);
    return json.bool("bias", true) ? conv : conv.withoutBias();
  }

  private static ConvTranspose2d transpose2d(JsonObject json) throws JsonException {
    int[] kernel = ints(json, "kernel", 2);
    int[] outputPadding = ints(json, "output_padding", 2);
    ConvTranspose2d conv =
        new ConvTranspose2d(json.int32("inputs"), json.int32("outputs"), kernel[0], kernel[1])
            .geometry(geometry(json))
            .outputPadding(outputPadding[0], outputPadding[1]);
    return json.bool("bias", true) ? conv : conv.withoutBias();
  }

  // ---- pools ----------------------------------------------------------------------------------

  private static Forms pools(Forms forms) {
    return forms
        .with(AdaptiveAvgPool1d.class, (json, all) -> new AdaptiveAvgPool1d(json.int32("length")))
        .with(AdaptiveMaxPool1d.class, (json, all) -> new AdaptiveMaxPool1d(json.int32("length")))
        .with(
            AdaptiveAvgPool2d.class,
            (json, all) -> new AdaptiveAvgPool2d(json.int32("height"), json.int32("width")))
        .with(
            AdaptiveMaxPool2d.class,
            (json, all) -> new AdaptiveMaxPool2d(json.int32("height"), json.int32("width")))
        .with(AvgPool1d.class, (json, all) -> avgPool1d(json))
        .with(
            AvgPool2d.class,
            (json, all) ->
                new AvgPool2d(windows(json).withCountIncludePad(json.bool("count_padding", true))))
        .with(GlobalAvgPool.class, (json, all) -> new GlobalAvgPool())
        .with(GlobalMaxPool.class, (json, all) -> new GlobalMaxPool())
        .with(MaxPool1d.class, (json, all) -> maxPool1d(json))
        .with(MaxPool2d.class, (json, all) -> maxPool2d(json));
  }

  private static Pool2dGeometry windows(JsonObject json) throws JsonException {
    int[] kernel = ints(json, "kernel", 2);
    int[] stride = ints(json, "stride", 2);
    int[] padding = ints(json, "padding", 2);
    return Pool2dGeometry.window(kernel[0], kernel[1])
        .withStride(stride[0], stride[1])
        .withPadding(padding[0], padding[1])
        .withCeilMode(json.bool("ceil_mode", false));
  }

  private static AvgPool1d avgPool1d(JsonObject json) throws JsonException {
    AvgPool1d pool =
        new AvgPool1d(ints(json, "kernel", 2)[1], ints(json, "stride", 2)[1])
            .padding(ints(json, "padding", 2)[1]);
    pool = json.bool("ceil_mode", false) ? pool.ceilMode() : pool;
    return json.bool("count_padding", true) ? pool : pool.withoutCountingPadding();
  }

  private static MaxPool1d maxPool1d(JsonObject json) throws JsonException {
    MaxPool1d pool =
        new MaxPool1d(ints(json, "kernel", 2)[1], ints(json, "stride", 2)[1])
            .padding(ints(json, "padding", 2)[1])
            .dilation(ints(json, "dilation", 2)[1]);
    return json.bool("ceil_mode", false) ? pool.ceilMode() : pool;
  }

  private static MaxPool2d maxPool2d(JsonObject json) throws JsonException {
    int[] dilation = ints(json, "dilation", 2);
    return new MaxPool2d(windows(json)).dilation(dilation[0], dilation[1]);
  }

  // ---- paddings and sizes ---------------------------------------------------------------------

  private static Forms paddings(Forms forms) {
    return forms
        .with(
            ConstantPad2d.class,
            (json, all) -> {
              int[] p = sides(json, 2);
              return new ConstantPad2d(p[0], p[1], p[2], p[3], json.number("value"));
            })
        .with(
            ReflectionPad1d.class,
            (json, all) -> {
              int[] p = sides(json, 1);
              return new ReflectionPad1d(p[0], p[1]);
            })
        .with(
            ReflectionPad2d.class,
            (json, all) -> {
              int[] p = sides(json, 2);
              return new ReflectionPad2d(p[0], p[1], p[2], p[3]);
            })
        .with(
            ReplicationPad1d.class,
            (json, all) -> {
              int[] p = sides(json, 1);
              return new ReplicationPad1d(p[0], p[1]);
            })
        .with(
            ReplicationPad2d.class,
            (json, all) -> {
              int[] p = sides(json, 2);
              return new ReplicationPad2d(p[0], p[1], p[2], p[3]);
            })
        .with(
            ZeroPad2d.class,
            (json, all) -> {
              int[] p = sides(json, 2);
              return new ZeroPad2d(p[0], p[1], p[2], p[3]);
            });
  }

  /** In PyTorch's order: left and right, then top and bottom. */
  private static int[] sides(JsonObject json, int axes) throws JsonException {
    int[] before = ints(json, "before", axes);
    int[] after = ints(json, "after", axes);
    return axes == 1
        ? new int[] {before[0], after[0]}
        : new int[] {before[1], after[1], before[0], after[0]};
  }

  private static Upsample upsample(JsonObject json) throws JsonException {
    Upsample upsample;
    if (json.has("size")) {
      int[] size = ints(json, "size", 2);
      upsample = new Upsample(size[0], size[1]);
    } else {
      double[] scale = json.numbers("scale");
      if (scale.length != 2) {
        throw new JsonException("model: scale must be 2 numbers, are " + scale.length);
      }
      upsample = new Upsample(1).scale(scale[0], scale[1]);
    }
    upsample = json.bool("bilinear", false) ? upsample.bilinear() : upsample;
    return json.bool("corners", false) ? upsample.alignCorners() : upsample;
  }
}
