package io.github.trimaran.benchmarks.run;

import io.github.trimaran.benchmarks.cost.ConvolutionShape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which cases each preset runs; every preset runs what the targets need. */
public final class Cases {

  private static final String[] OURS = {"cpu", "nd4j", "djl"};
  private static final String[] STEPS = {
    "cpu", "cpu-scalar", "nd4j", "djl", "peer-djl", "peer-djl-hand", "peer-nd4j", "peer-dl4j"
  };
  private static final String[] PRODUCTS = {
    "1024x1024x1024",
    "256x256x256",
    "32x147x51200",
    "50x8192x500",
    "8192x50x500",
    "50x6272x100",
    "50x500x10"
  };

  private static final String[] PEERS_OF_ONNX_RUNTIME = {
    "cifar", "squeezenet", "resnet18", "mobilenet"
  };

  private static final String[] STAGES_OF_RESNET = {
    "resnet-56", "resnet-28", "resnet-14", "resnet-7"
  };

  private final Set<Case> cases = new LinkedHashSet<>();

  private Cases() {}

  /** Those of a preset that match a filter, see {@link Case#id}; the probes come first always. */
  public static List<Case> of(Preset preset, Pattern filter) {
    Cases chosen = new Cases();
    chosen.quick();
    if (preset != Preset.QUICK) {
      chosen.usual();
    }
    if (preset == Preset.FULL) {
      chosen.rest();
    }
    return chosen.cases.stream().filter(one -> filter.matcher(one.id()).find()).toList();
  }

  private void add(String benchmark, String[] backends, String... namesAndValues) {
    for (String backend : backends) {
      cases.add(Case.of(benchmark, backend, namesAndValues));
    }
  }

  private static String[] by(String... backends) {
    return backends;
  }

  private void step(String data, String batch, String... backends) {
    add("TrainingStep.step", backends, "data", data, "batch", batch);
  }

  private void matmul(String shape, String... backends) {
    add("Matmul.matmul", backends, "shape", shape);
  }

  private void convolution(String form, String shape, String... backends) {
    add("Convolution." + form, backends, "shape", shape);
  }

  private void inference(String network, String batch, String... backends) {
    add("Inference.scores", backends, "network", network, "batch", batch);
  }

  private void quick() {
    step("cifar", "50", STEPS);
    step("cifar", "400", "cpu");
    step("mnist", "50", "cpu", "peer-djl");
    add("StyleTransfer.iteration", by("cpu", "peer-djl"));
    inference("cifar", "1", "cpu", "peer-djl", "peer-djl-hand");
    inference("mnist", "1", "cpu", "peer-djl-hand");
    for (String network : PEERS_OF_ONNX_RUNTIME) {
      inference(network, "1", "cpu", "peer-onnxruntime");
      inference(network, "16", "cpu", "peer-onnxruntime");
    }
    matmul("1024x1024x1024", "cpu", "peer-djl", "peer-nd4j");
    matmul("256x256x256", "cpu", "peer-djl");
    matmul("50x8192x500", "cpu", "peer-djl");
    convolution("forward", "basic-cifar", "cpu", "peer-djl", "peer-im2col");
    convolution("weightGrad", "basic-cifar", "cpu", "peer-im2col");
    convolution("forward", "residual-wide", "cpu", "peer-djl");
    add("Pooling.maxPool", by("cpu"));
    add("Elementwise.relu", by("cpu"));
    add("Adam.update", by("cpu"));
    add("Startup.firstStep", by("cpu", "peer-djl"));
  }

  private void usual() {
    step("mnist", "50", STEPS);
    step("cifar", "400", "peer-djl");
    step("resnet18-32", "32", "cpu", "peer-djl");
    step("resnet18-224", "8", "cpu", "peer-djl");
    step("gpt", "12", "cpu", "djl", "peer-djl");
    add("StyleTransfer.iteration", OURS);
    add("ClassVisualization.step", by("cpu", "djl"));
    add("RecordNet.step", by("cpu", "djl"));
    inference("mnist", "1", "cpu", "nd4j", "djl", "peer-djl", "peer-djl-hand", "peer-dl4j");
    inference("squeezenet", "1", "cpu", "peer-djl-hand");
    for (String shape : PRODUCTS) {
      matmul(shape, "cpu", "peer-djl");
    }
    for (String shape : ConvolutionShape.names()) {
      convolution("forward", shape, "cpu", "peer-djl");
    }
    for (String form : new String[] {"inputGrad", "weightGrad"}) {
      convolution(form, "squeeze-3x3", "cpu", "djl");
      convolution(form, "residual-wide", "cpu", "djl");
      for (String stage : STAGES_OF_RESNET) {
        convolution(form, stage, "cpu", "djl");
      }
    }
    add("Pooling.maxPoolAndGrad", by("cpu", "djl"));
    add("BatchNorm.forwardAndGrad", by("cpu", "djl"));
    for (String method : List.of("add", "exp", "tanh", "gelu")) {
      add("Elementwise." + method, by("cpu", "djl"));
    }
    add("Adam.update", by("cpu", "djl"));
    add("Startup.firstStep", STEPS);
  }

  private void rest() {
    step("cifar", "400", STEPS);
    step("mnist", "400", STEPS);
    add("ClassVisualization.step", OURS);
    add("RecordNet.step", OURS);
    inference("cifar", "1", "nd4j", "djl", "peer-dl4j");
    inference("squeezenet", "1", "nd4j", "djl");
    for (String shape : PRODUCTS) {
      matmul(shape, "cpu", "cpu-scalar", "nd4j", "djl", "peer-djl", "peer-nd4j");
    }
    for (String shape : ConvolutionShape.names()) {
      convolution("forward", shape, "cpu", "cpu-scalar", "nd4j", "djl", "peer-djl");
      convolution("inputGrad", shape, "cpu", "nd4j", "djl");
      convolution("weightGrad", shape, "cpu", "nd4j", "djl");
      if (ConvolutionShape.named(shape).groups() == 1) {
        convolution("forward", shape, "peer-nd4j", "peer-im2col");
        convolution("inputGrad", shape, "peer-im2col");
        convolution("weightGrad", shape, "peer-im2col");
      }
    }
    for (String method : List.of("maxPool", "maxPoolAndGrad", "avgPool")) {
      add("Pooling." + method, OURS);
    }
    add("BatchNorm.forward", OURS);
    add("BatchNorm.forwardAndGrad", OURS);
    for (String classes : List.of("10", "1000")) {
      add("SoftmaxCrossEntropy.forward", OURS, "classes", classes);
      add("SoftmaxCrossEntropy.forwardAndGrad", OURS, "classes", classes);
    }
    for (String method :
        List.of("add", "mul", "relu", "exp", "tanh", "gelu", "broadcastAdd", "sum")) {
      add("Elementwise." + method, OURS);
    }
    add("Adam.update", OURS);
    doubles();
  }

  private void doubles() {
    List<Case> doubles = new ArrayList<>();
    for (String backend : OURS) {
      doubles.add(Case.of("TrainingStep.step", backend, "data", "cifar", "batch", "50"));
      doubles.add(Case.of("Matmul.matmul", backend, "shape", PRODUCTS[0]));
      doubles.add(Case.of("Convolution.forward", backend, "shape", "basic-cifar"));
    }
    doubles.forEach(one -> cases.add(one.inFloat64()));
  }
}
