package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.tensor.BatchNorm;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.SampleNorm;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Normalisations, softmax and dropout. */
final class Normalisations {

  private static final double EPSILON = 1e-5f;

  private Normalisations() {}

  static void register(Map<String, Operator> all) {
    all.put(
        "BatchNormalization",
        new Operator(
            "epsilon:f momentum:f spatial:i=1 training_mode:i", 5, 5, 5, Normalisations::batch));
    all.put(
        "InstanceNormalization", Operator.of("epsilon:f", 3, 3, c -> groups(c, c.shape(0).dim(1))));
    all.put(
        "GroupNormalization",
        Operator.of(
            "epsilon:f num_groups:i stash_type:i",
            3,
            3,
            c -> groups(c, Math.toIntExact(c.node().integer("num_groups", 1)))));
    all.put(
        "LayerNormalization",
        new Operator("axis:i epsilon:f stash_type:i", 2, 3, 3, Normalisations::layer));
    all.put(
        "RMSNormalization",
        Operator.of("axis:i epsilon:f stash_type:i", 2, 2, Normalisations::rootMeanSquare));
    all.put("LRN", Operator.of("alpha:f beta:f bias:f size:i", 1, 1, Normalisations::local));
    all.put("LpNormalization", Operator.of("axis:i p:i", 1, 1, Normalisations::power));
    all.put("MeanVarianceNormalization", Operator.of("axes:is", 1, 1, Normalisations::standard));
    all.put("Softmax", Operator.of("axis:i", 1, 1, c -> softmax(c, false)));
    all.put("LogSoftmax", Operator.of("axis:i", 1, 1, c -> softmax(c, true)));
    all.put("Dropout", new Operator("ratio:f seed:i", 1, 3, 2, Normalisations::dropout));
  }

  /** By running statistics; by those of the batch where the graph itself asks for it. */
  private static Value[] batch(Call call) {
    Tensor x = call.tensor(0);
    double epsilon = call.node().number("epsilon", EPSILON);
    boolean training = call.node().flag("training_mode", false);
    int[] dims = x.shape().dims();
    int places = x.shape().isEmpty() ? 0 : x.shape().size() / (dims[0] * dims[1]);
    Tensor image = x.reshape(dims[0], dims[1], places, 1);
    Tensor scale = call.tensor(1);
    Tensor shift = call.tensor(2);
    if (!training) {
      Tensor y = BatchNorm.inference(image, scale, shift, call.tensor(3), call.tensor(4), epsilon);
      return new Value[] {Value.of(y.reshape(x.shape()))};
    }
    BatchNorm normed = BatchNorm.training(image, scale, shift, epsilon);
    double keep = call.node().number("momentum", 0.9f);
    try (GradMode off = GradMode.disable()) {
      return new Value[] {
        Value.of(normed.output().reshape(x.shape())),
        Value.of(call.tensor(3).mul(keep).add(normed.mean().mul(1 - keep))),
        Value.of(call.tensor(4).mul(keep).add(normed.variance().mul(1 - keep)))
      };
    }
  }

  /** Scale and shift are one a channel, or one a group as version 18 has it. */
  private static Tensor groups(Call call, int groups) {
    Tensor x = call.tensor(0);
    int channels = x.shape().dim(1);
    List<Tensor> affine =
        List.of(channelwise(call.tensor(1), channels), channelwise(call.tensor(2), channels));
    return SampleNorm.groups(x, groups, affine, call.node().number("epsilon", EPSILON));
  }

  private static Tensor channelwise(Tensor values, int channels) {
    int given = values.shape().size();
    return given == channels || given == 0
        ? values
        : values.reshape(given, 1).broadcastTo(Shape.of(given, channels / given)).reshape(channels);
  }

  private static Value[] layer(Call call) {
    Tensor x = call.tensor(0);
    int[] axes = IntStream.range(call.axis("axis", -1), x.shape().rank()).toArray();
    Tensor mean = x.meanKeepDims(axes);
    Tensor centred = x.sub(mean);
    Tensor variance = centred.mul(centred).meanKeepDims(axes);
    Tensor deviation = variance.add(call.node().number("epsilon", EPSILON)).sqrt();
    Tensor scaled = centred.div(deviation).mul(call.tensor(1));
    Tensor y = call.has(2) ? scaled.add(call.tensor(2)) : scaled;
    return call.wants(1) || call.wants(2)
        ? new Value[] {Value.of(y), Value.of(mean), Value.of(deviation.reciprocal())}
        : new Value[] {Value.of(y)};
  }

  private static Tensor rootMeanSquare(Call call) {
    Tensor x = call.tensor(0);
    int[] axes = IntStream.range(call.axis("axis", -1), x.shape().rank()).toArray();
    Tensor square = x.mul(x).meanKeepDims(axes).add(call.node().number("epsilon", EPSILON));
    return x.div(square.sqrt()).mul(call.tensor(1));
  }

  /** Across channels (Krizhevsky et al. 2012, section 3.3), the window centred as ONNX says. */
  private static Tensor local(Call call) {
    Tensor x = call.tensor(0);
    int channels = x.shape().dim(1);
    int size = Math.toIntExact(call.node().integer("size", 1));
    double[][] near = new double[channels][channels];
    for (int i = 0; i < channels; i++) {
      int from = Math.max(0, i - (size - 1) / 2);
      int to = Math.min(channels, i + size - (size - 1) / 2);
      Arrays.fill(near[i], from, to, 1);
    }
    Tensor sums = Along.weighted(x.mul(x), 1, near);
    double alpha = call.node().number("alpha", 1e-4f);
    Tensor base = sums.mul(alpha / size).add(call.node().number("bias", 1));
    return x.div(base.pow(call.node().number("beta", 0.75f)));
  }

  private static Tensor power(Call call) {
    Tensor x = call.tensor(0);
    return x.div(x.norm((double) call.node().integer("p", 2), true, call.axis("axis", -1)));
  }

  private static Tensor standard(Call call) {
    Tensor x = call.tensor(0);
    int[] axes = call.axes(call.node().integers("axes", 0, 2, 3), x.shape().rank());
    Tensor centred = x.sub(x.meanKeepDims(axes));
    return centred.div(centred.mul(centred).meanKeepDims(axes).sqrt().add(1e-9));
  }

  /** Before version 13 over all axes from the given one on, as if they were one. */
  private static Tensor softmax(Call call, boolean log) {
    Tensor x = call.tensor(0);
    if (call.opset() >= 13) {
      int axis = call.axis("axis", -1);
      return log ? x.logSoftmax(axis) : shares(x, axis);
    }
    int rank = x.shape().rank();
    long given = call.node().integer("axis", 1);
    int axis = given == rank ? rank : call.axis(given, rank);
    int rows = IntStream.range(0, axis).map(x.shape()::dim).reduce(1, (m, n) -> m * n);
    Tensor matrix = x.reshape(rows, rows == 0 ? 1 : x.shape().size() / rows);
    return (log ? matrix.logSoftmax(1) : shares(matrix, 1)).reshape(x.shape());
  }

  /**
   * Softmax as exponentials by their sum: that of the logarithm would lose digits where the largest
   * value is large.
   */
  private static Tensor shares(Tensor x, int axis) {
    if (x.shape().isEmpty()) {
      return x;
    }
    Tensor exponentials = x.sub(x.detach().maxKeepDims(axis)).exp();
    return exponentials.div(exponentials.sumKeepDims(axis));
  }

  /** Drops in training only. Before version 12 the mask of an evaluation is false. */
  private static Value[] dropout(Call call) {
    Tensor x = call.tensor(0);
    double ratio = call.has(1) ? call.number(1) : call.node().number("ratio", 0.5f);
    Tensor y = new Dropout(ratio).forward(x, call.mode());
    if (!call.wants(1)) {
      return new Value[] {Value.of(y)};
    }
    Tensor kept =
        call.mode().isTraining()
            ? y.ne(0)
            : Tensor.full(call.backend(), x.shape(), DType.BOOL, call.opset() >= 12 ? 1 : 0);
    return new Value[] {Value.of(y), Value.of(kept)};
  }
}
