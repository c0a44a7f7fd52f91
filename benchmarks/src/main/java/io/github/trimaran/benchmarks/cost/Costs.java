package io.github.trimaran.benchmarks.cost;

import io.github.trimaran.array.Shape;
import java.util.Map;
import java.util.Optional;

/** The cost of each benchmark, where there is a formula for it. */
public final class Costs {

  /** Elements that the elementwise benchmarks work on. */
  public static final int ELEMENTS = 1_638_400;

  /** Parameters that the optimisers' benchmark updates. */
  public static final int PARAMETERS = 4_106_000;

  /** Height and width of the picture of style transfer. */
  public static final int STYLE_SIZE = 192;

  /** Height and width of the picture of class visualisation. */
  public static final int CLASS_SIZE = 224;

  /** Images of a batch of the record network. */
  public static final int RECORD_BATCH = 50;

  /** The image {@code [N, C, H, W]} that pooling and batch norm work on. */
  public static final Shape IMAGE = Shape.of(50, 32, 32, 32);

  private Costs() {}

  /**
   * Of one call.
   *
   * @param benchmark its class and method: {@code Matmul.matmul}
   * @param parameters by name
   */
  public static Optional<Cost> of(String benchmark, Map<String, String> parameters) {
    int width = "float64".equals(parameters.get("dtype")) ? Double.BYTES : Float.BYTES;
    return Optional.ofNullable(
        switch (benchmark) {
          case "Matmul.matmul" -> product(parameters.get("shape"), width);
          case "Convolution.forward", "Convolution.inputGrad", "Convolution.weightGrad" ->
              ConvolutionShape.named(parameters.get("shape")).cost(width);
          // Elementwise: two arrays in, one out; the ReLU one in.
          case "Elementwise.add", "Elementwise.mul" -> Cost.pass(ELEMENTS, 1, 3, width);
          case "Elementwise.relu" -> Cost.pass(ELEMENTS, 1, 2, width);
          case "Elementwise.sum" -> Cost.pass(ELEMENTS, 1, 1, width);
          // Pooling: a quarter as much comes out as goes in, with indices of 4 bytes or more.
          case "Pooling.maxPool" -> new Cost(ELEMENTS, 1.25 * ELEMENTS * width);
          // Read for the statistics, read and written to normalise.
          case "BatchNorm.forward" -> Cost.pass(ELEMENTS, 6, 3, width);
          case "Adam.update" -> Cost.pass(PARAMETERS, 12, 7, width);
          case "TrainingStep.step" -> step(parameters);
          case "Inference.scores" ->
              inference(
                  parameters.get("network"),
                  Integer.parseInt(parameters.getOrDefault("batch", "1")));
          case "StyleTransfer.iteration" -> SqueezeNetCost.styleIteration(STYLE_SIZE);
          case "ClassVisualization.step" -> SqueezeNetCost.forwardAndInputGrad(CLASS_SIZE);
          case "RecordNet.step" -> AirbenchCost.step(RECORD_BATCH);
          default -> null;
        });
  }

  /** There is no formula for the transformer. */
  private static Cost step(Map<String, String> parameters) {
    return switch (parameters.get("data")) {
      case "resnet18-32" -> ResNetCost.step(32, Integer.parseInt(parameters.get("batch")));
      case "resnet18-224" -> ResNetCost.step(224, Integer.parseInt(parameters.get("batch")));
      case "gpt" -> null;
      default -> BasicConvNetCost.step(workload(parameters));
    };
  }

  private static Workload workload(Map<String, String> parameters) {
    return Workload.of(
        parameters.get("data"), Integer.parseInt(parameters.getOrDefault("batch", "50")));
  }

  /** The weights of the two networks for pictures are counted as if each image read them. */
  private static Cost inference(String network, int batch) {
    return switch (network) {
      case "squeezenet" -> SqueezeNetCost.forward(CLASS_SIZE).times(batch);
      case "resnet18" -> ResNetCost.forward(CLASS_SIZE).times(batch);
      case "mobilenet" -> null;
      default -> BasicConvNetCost.forward(Workload.of(network, batch));
    };
  }

  /** Of {@code MxKxN}. */
  private static Cost product(String shape, int width) {
    String[] sides = shape.split("x", -1);
    return Cost.product(
        Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Integer.parseInt(sides[2]), width);
  }
}
