package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Other shapes and orders of the same elements. */
final class Moves {

  private Moves() {}

  static void register(Map<String, Operator> all) {
    all.put("Reshape", Operator.of("allowzero:i shape:is", 1, 2, Moves::reshape));
    all.put("Flatten", Operator.of("axis:i", 1, 1, Moves::flatten));
    all.put("Squeeze", Operator.of("axes:is", 1, 2, c -> c.tensor(0).reshape(squeezed(c))));
    all.put("Unsqueeze", Operator.of("axes:is", 1, 2, c -> c.tensor(0).reshape(unsqueezed(c))));
    all.put("Transpose", Operator.of("perm:is", 1, 1, Moves::transpose));
    all.put("Concat", Operator.of("axis:i", 1, Integer.MAX_VALUE, Moves::concat));
    all.put(
        "Split",
        new Operator("axis:i split:is num_outputs:i", 1, 2, Integer.MAX_VALUE, Moves::split));
    all.put("Slice", Operator.of("starts:is ends:is axes:is", 1, 5, Moves::slice));
    all.put(
        "Expand",
        Operator.of("", 2, 2, c -> c.tensor(0).broadcastTo(expanded(c.shape(0), c.longs(1)))));
    all.put("Tile", Operator.of("", 2, 2, c -> c.tensor(0).repeat(Call.ints(c.longs(1)))));
    all.put("DepthToSpace", Operator.of("blocksize:i mode:s=DCR|CRD", 1, 1, Moves::depthToSpace));
    all.put("SpaceToDepth", Operator.of("blocksize:i", 1, 1, Moves::spaceToDepth));
  }

  /** The shape asked for: 0 keeps an extent, unless zeros are allowed, and -1 follows. */
  static Shape reshaped(Call call) {
    long[] wanted = call.longs(1, "shape");
    Shape from = call.shape(0);
    boolean zeros = call.node().flag("allowzero", false);
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] == 0 && !zeros) {
        wanted[i] = from.dim(i);
      }
      if (wanted[i] == -1) {
        unknown = i;
      } else {
        known *= wanted[i];
      }
    }
    if (unknown >= 0) {
      wanted[unknown] = known == 0 ? 0 : from.size() / known;
    }
    Shape shape = Shape.result("Reshape", wanted);
    if (shape.size() != from.size()) {
      throw call.error("the elements of " + from + " do not fill " + shape);
    }
    return shape;
  }

  private static Tensor reshape(Call call) {
    return call.tensor(0).reshape(reshaped(call));
  }

  private static Tensor flatten(Call call) {
    Shape shape = call.shape(0);
    long given = call.node().integer("axis", 1);
    int axis = given == shape.rank() ? shape.rank() : call.axis(given, shape.rank());
    int rows = Arrays.stream(shape.dims(), 0, axis).reduce(1, (m, n) -> m * n);
    int columns = Arrays.stream(shape.dims(), axis, shape.rank()).reduce(1, (m, n) -> m * n);
    return call.tensor(0).reshape(rows, columns);
  }

  /** Without the axes named, or without all of extent 1. */
  static Shape squeezed(Call call) {
    Shape shape = call.shape(0);
    long[] given = call.longs(1, "axes");
    int[] axes =
        given == null
            ? Arrays.stream(call.axes(null, shape.rank())).filter(i -> shape.dim(i) == 1).toArray()
            : call.axes(given, shape.rank());
    Arrays.sort(axes);
    for (int axis : axes) {
      if (shape.dim(axis) != 1) {
        throw call.error("the extent of axis " + axis + " of " + shape + " is not 1");
      }
    }
    return shape.without(axes);
  }

  /** Axes of extent 1 put in; their places are those in the result. */
  static Shape unsqueezed(Call call) {
    Shape shape = call.shape(0);
    long[] given = call.longs(1, "axes");
    if (given == null) {
      throw call.error("no axes given");
    }
    int[] extents = new int[shape.rank() + given.length];
    for (int axis : call.axes(given, extents.length)) {
      extents[axis] = 1;
    }
    int next = 0;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == 0) {
        if (next == shape.rank()) {
          throw call.error("an axis is named twice in " + Arrays.toString(given));
        }
        extents[i] = shape.dim(next++);
      }
    }
    return Shape.of(extents);
  }

  static int[] permutation(Call call) {
    int rank = call.shape(0).rank();
    if (call.node().has("perm")) {
      return Call.ints(call.node().integers("perm"));
    }
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    return reversed;
  }

  private static Tensor transpose(Call call) {
    int[] order = permutation(call);
    return order.length == 0 ? call.tensor(0) : call.tensor(0).permute(order);
  }

  private static Tensor concat(Call call) {
    return Tensor.concat(call.tensors(), call.axis("axis", 0));
  }

  /** The sizes of the parts: told, or as even as can be. */
  static int[] parts(Call call, int axis) {
    long[] told = call.longs(1, "split");
    if (told != null) {
      return Call.ints(told);
    }
    int count = call.node().outputs().size();
    int extent = call.shape(0).dim(axis);
    int size = (extent + count - 1) / count;
    int[] sizes = new int[count];
    Arrays.setAll(sizes, i -> Math.max(0, Math.min(size, extent - i * size)));
    return sizes;
  }

  private static Value[] split(Call call) {
    int axis = call.axis("axis", 0);
    List<Tensor> pieces = call.tensor(0).split(parts(call, axis), axis);
    return pieces.stream().map(Value::of).toArray(Value[]::new);
  }

  private static Tensor slice(Call call) {
    SliceRange range = SliceRange.of(call);
    Tensor forward = call.tensor(0);
    int[] flipped = range.flipped();
    if (flipped.length > 0) {
      forward = forward.flip(flipped);
    }
    return forward.slice(range.start(), range.stop(), range.step());
  }

  /** Stretched both ways: an extent of 1 in the wanted shape keeps the tensor's own. */
  static Shape expanded(Shape from, long... wanted) {
    return Shape.broadcast("Expand", from, Shape.result("Expand", wanted));
  }

  private static Tensor depthToSpace(Call call) {
    Tensor x = call.tensor(0);
    int block = Math.toIntExact(call.node().integer("blocksize", 1));
    int[] d = image(call, x);
    if (block < 1 || d[1] % block != 0 || d[1] / block % block != 0) {
      throw call.error(d[1] + " channels do not divide into blocks of " + block);
    }
    int channels = d[1] / block / block;
    Tensor blocks =
        call.node().text("mode", "DCR").equals("DCR")
            ? x.reshape(d[0], block, block, channels, d[2], d[3]).permute(0, 3, 4, 1, 5, 2)
            : x.reshape(d[0], channels, block, block, d[2], d[3]).permute(0, 1, 4, 2, 5, 3);
    return blocks.reshape(d[0], channels, d[2] * block, d[3] * block);
  }

  private static Tensor spaceToDepth(Call call) {
    Tensor x = call.tensor(0);
    int block = Math.toIntExact(call.node().integer("blocksize", 1));
    int[] d = image(call, x);
    if (block < 1 || d[2] % block != 0 || d[3] % block != 0) {
      throw call.error(x.shape() + " does not divide into blocks of " + block);
    }
    int height = d[2] / block;
    int width = d[3] / block;
    return x.reshape(d[0], d[1], height, block, width, block)
        .permute(0, 3, 5, 1, 2, 4)
        .reshape(d[0], d[1] * block * block, height, width);
  }

  private static int[] image(Call call, Tensor x) {
    if (x.shape().rank() != 4) {
      throw call.error("input must be [N, C, H, W], is " + x.shape());
    }
    return x.shape().dims();
  }
}
