package io.github.trimaran.onnx.write;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.file.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Convolutions and pools as nodes of ONNX. */
final class WindowNodes {

  private final NodeList nodes;
  private final Function<Item, String> names;

  WindowNodes(NodeList nodes, Function<Item, String> names) {
    this.nodes = nodes;
    this.names = names;
  }

  private List<String> operands(Call call) {
    return call.operands().stream().map(names).toList();
  }

  private static Conv2dGeometry geometry(Call call, int setting) {
    for (Object[] settings : call.settings()) {
      if (!settings[setting].equals(call.setting(setting))) {
        throw call.error("moves its window in a way that depends on a free axis");
      }
    }
    return (Conv2dGeometry) call.setting(setting);
  }

  private static List<Attribute> attributes(Conv2dGeometry g, Shape weight) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(NodeList.attribute("kernel_shape", weight.dim(2), weight.dim(3)));
    attributes.add(NodeList.attribute("strides", g.strideH(), g.strideW()));
    attributes.add(
        NodeList.attribute("pads", g.padTop(), g.padLeft(), g.padBottom(), g.padRight()));
    attributes.add(NodeList.attribute("dilations", g.dilationH(), g.dilationW()));
    attributes.add(NodeList.attribute("group", (long) g.groups()));
    return attributes;
  }

  String conv(Call call) {
    Conv2dGeometry geometry = geometry(call, 0);
    Shape weight = call.operands().get(1).shape(0);
    return nodes.add(
        "Conv",
        call.layer(),
        operands(call),
        attributes(geometry, weight).toArray(new Attribute[0]));
  }

  /** The gradient of a convolution to its input. */
  String transposed(Call call) {
    Conv2dGeometry g = geometry(call, 1);
    Shape weight = call.operands().get(1).shape(0);
    long[] more = new long[2];
    for (int run = 0; run < call.settings().length; run++) {
      Shape from = call.operands().get(0).shape(run);
      Shape to = call.result().shape(run);
      long height =
          (from.dim(2) - 1L) * g.strideH()
              - g.padTop()
              - g.padBottom()
              + g.dilationH() * (weight.dim(2) - 1L)
              + 1;
      long width =
          (from.dim(3) - 1L) * g.strideW()
              - g.padLeft()
              - g.padRight()
              + g.dilationW() * (weight.dim(3) - 1L)
              + 1;
      long[] own = {to.dim(2) - height, to.dim(3) - width};
      if (run > 0 && !Arrays.equals(own, more)) {
        throw call.error("pads its output in a way that depends on a free axis");
      }
      more = own;
    }
    List<Attribute> attributes = attributes(g, weight);
    if (more[0] != 0 || more[1] != 0) {
      attributes.add(NodeList.attribute("output_padding", more));
    }
    return nodes.add(
        "ConvTranspose", call.layer(), operands(call), attributes.toArray(new Attribute[0]));
  }

  /** A pool's window. */
  private static List<Attribute> attributes(Call call) {
    Pool2dGeometry g = (Pool2dGeometry) call.setting(0);
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(NodeList.attribute("kernel_shape", g.kernelH(), g.kernelW()));
    attributes.add(NodeList.attribute("strides", g.strideH(), g.strideW()));
    attributes.add(NodeList.attribute("pads", g.padH(), g.padW(), g.padH(), g.padW()));
    if (g.ceilMode()) {
      attributes.add(NodeList.attribute("ceil_mode", 1L));
    }
    return attributes;
  }

  /**
   * Where ceil mode adds windows, what counts of the padding was told differently over the
   * versions: there the mean of the places inside is taken, and multiplied by their share.
   */
  String averages(Call call) {
    Pool2dGeometry g = (Pool2dGeometry) call.setting(0);
    List<Attribute> attributes = attributes(call);
    if (g.countIncludePad() && !g.ceilMode()) {
      attributes.add(NodeList.attribute("count_include_pad", 1L));
    }
    String means =
        nodes.add(
            "AveragePool", call.layer(), operands(call), attributes.toArray(new Attribute[0]));
    boolean padded = g.padH() > 0 || g.padW() > 0;
    return g.countIncludePad() && g.ceilMode() && padded
        ? nodes.add("Mul", call.layer(), List.of(means, nodes.constant(shares(call, g))))
        : means;
  }

  /** Of each window, which part of what counts lies inside the image. */
  private static HostArray shares(Call call, Pool2dGeometry g) {
    Item x = call.operands().get(0);
    Item y = call.result();
    for (int axis = 2; axis < 4; axis++) {
      if (Arrays.stream(x.extents(axis)).distinct().count() != 1) {
        throw call.error("pools in ceil mode over a free axis");
      }
    }
    Shape image = x.shape(0);
    int height = y.shape(0).dim(2);
    int width = y.shape(0).dim(3);
    HostArray shares = HostArray.zeros(Shape.of(height, width), x.dtype());
    for (int i = 0; i < shares.shape().size(); i++) {
      int top = i / width * g.strideH() - g.padH();
      int left = i % width * g.strideW() - g.padW();
      shares.set(
          i,
          share(top, g.kernelH(), image.dim(2), g.padH())
              * share(left, g.kernelW(), image.dim(3), g.padW()));
    }
    return shares;
  }

  private static double share(int start, int kernel, int extent, int pad) {
    double inside = Math.min(start + kernel, extent) - Math.max(start, 0);
    return inside / (Math.min(start + kernel, extent + pad) - start);
  }

  String maxima(Call call) {
    return nodes.add(
        "MaxPool", call.layer(), operands(call), attributes(call).toArray(new Attribute[0]));
  }

  /** ONNX counts places through the whole tensor, here they are within a plane. */
  String places(Call call) {
    String layer = call.layer();
    String prefix = layer.isEmpty() ? "" : layer + "/";
    String values = nodes.fresh(prefix + "MaxPool_values");
    String places = nodes.fresh(prefix + "MaxPool_places");
    nodes.add(
        "MaxPool",
        layer,
        operands(call),
        List.of(values, places),
        attributes(call).toArray(new Attribute[0]));
    Item x = call.operands().get(0);
    int[] sizes = new int[x.runs()];
    Arrays.setAll(sizes, run -> x.shape(run).dim(2) * x.shape(run).dim(3));
    if (Arrays.stream(sizes).distinct().count() != 1) {
      throw call.error("counts places of an image whose extents are free");
    }
    return nodes.add("Mod", layer, List.of(places, nodes.integers(sizes[0])));
  }
}
