package io.github.trimaran.benchmarks.report;

import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.run.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A ratio that the project wants to reach.
 *
 * @param what is compared with what
 * @param limit the ratio's bound from above
 * @param ours what should be small
 * @param theirs what it is divided by
 */
public record Target(
    String what,
    double limit,
    Function<Results, Optional<Median>> ours,
    Function<Results, Optional<Median>> theirs) {

  private static final String STEP = "TrainingStep.step";

  /** How a target came out. */
  public enum Verdict {
    /** Reached. */
    WON,
    /** Not reached. */
    LOST,
    /** Not measured in this run. */
    OPEN
  }

  /** All of them. */
  public static List<Target> all() {
    return Stream.of(againstPeers(), ofLargerNetworks(), againstOnnxRuntime(), ofTheMachine())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Target> againstPeers() {
    Case cifar = Case.of(STEP, "cpu", "data", "cifar", "batch", "50");
    Case mnist = Case.of(STEP, "cpu", "data", "mnist", "batch", "50");
    Case many = Case.of(STEP, "cpu", "data", "cifar", "batch", "400");
    Case matmul = Case.of("Matmul.matmul", "cpu", "shape", "1024x1024x1024");
    Case style = Case.of("StyleTransfer.iteration", "cpu");
    Case image = Case.of("Inference.scores", "cpu", "network", "cifar", "batch", "1");
    Case record = Case.of("RecordNet.step", "cpu");
    return List.of(
        times("BasicConvNet CIFAR step, cpu / idiomatic DJL", 0.42, cifar, cifar.by("peer-djl")),
        times("BasicConvNet MNIST step, cpu / idiomatic DJL", 0.48, mnist, mnist.by("peer-djl")),
        times("1024-cubed float32 matmul, cpu / DJL (MKL)", 1.5, matmul, matmul.by("peer-djl")),
        times(
            "SqueezeNet style iteration at 192, cpu / raw DJL", 0.55, style, style.by("peer-djl")),
        times(
            "CIFAR step, djl backend / idiomatic DJL", 1.0, cifar.by("djl"), cifar.by("peer-djl")),
        times(
            "CIFAR step, nd4j backend / hand-written ND4J",
            1.0,
            cifar.by("nd4j"),
            cifar.by("peer-nd4j")),
        times(
            "MNIST step, djl backend / idiomatic DJL", 1.0, mnist.by("djl"), mnist.by("peer-djl")),
        times(
            "MNIST step, nd4j backend / hand-written ND4J",
            1.0,
            mnist.by("nd4j"),
            mnist.by("peer-nd4j")),
        times(
            "BasicConvNet inference of one CIFAR image, cpu / idiomatic DJL",
            0.5,
            image,
            image.by("peer-djl")),
        times("the same, cpu / DJL's operations by hand", 0.5, image, image.by("peer-djl-hand")),
        new Target(
            "Peak resident memory of CIFAR steps, cpu / idiomatic DJL",
            0.5,
            resident("cpu", "cifar"),
            resident("peer-djl", "cifar")),
        times("CIFAR step, scalar kernels / vector kernels", 2.0, cifar.by("cpu-scalar"), cifar),
        new Target(
            "CIFAR step of 400 images / 8 steps of 50, cpu",
            1.1,
            results -> results.millis(many),
            results -> results.millis(cifar).map(one -> one.times(8))),
        times("Record network step in float32, cpu / djl backend", 1.2, record, record.by("djl")));
  }

  private static List<Target> ofLargerNetworks() {
    Case small = Case.of(STEP, "cpu", "data", "resnet18-32", "batch", "32");
    Case large = Case.of(STEP, "cpu", "data", "resnet18-224", "batch", "8");
    Case gpt = Case.of(STEP, "cpu", "data", "gpt", "batch", "12");
    Case start = Case.of("Startup.firstStep", "cpu");
    List<Target> targets = new ArrayList<>();
    targets.add(
        times("ResNet-18 step at 32, cpu / idiomatic DJL", 1.0, small, small.by("peer-djl")));
    targets.add(
        times("ResNet-18 step at 224, cpu / idiomatic DJL", 1.0, large, large.by("peer-djl")));
    targets.add(
        new Target(
            "Peak resident memory of ResNet-18 steps at 32, cpu / idiomatic DJL",
            0.6,
            resident("cpu", "resnet18-32"),
            resident("peer-djl", "resnet18-32")));
    targets.add(times("Transformer step, cpu / djl backend", 1.0, gpt, gpt.by("djl")));
    targets.add(times("Transformer step, cpu / idiomatic DJL", 0.8, gpt, gpt.by("peer-djl")));
    targets.add(
        times(
            "First training step from a cold JVM, cpu / idiomatic DJL",
            1.0,
            start,
            start.by("peer-djl")));
    for (String function : List.of("exp", "tanh", "gelu")) {
      Case ours = Case.of("Elementwise." + function, "cpu");
      targets.add(
          times(function + " of 1.6 million floats, cpu / djl backend", 1.0, ours, ours.by("djl")));
    }
    return targets;
  }

  private static List<Target> againstOnnxRuntime() {
    Map<String, String> networks = new LinkedHashMap<>();
    networks.put("resnet18", "ResNet-18");
    networks.put("squeezenet", "SqueezeNet 1.0");
    networks.put("cifar", "BasicConvNet");
    networks.put("mobilenet", "MobileNet");
    List<Target> targets = new ArrayList<>();
    networks.forEach(
        (network, name) -> {
          for (String batch : List.of("1", "16")) {
            Case ours = Case.of("Inference.scores", "cpu", "network", network, "batch", batch);
            String what = name + " inference, batch " + batch + ", cpu / ONNX Runtime";
            targets.add(times(what, 1.15, ours, ours.by("peer-onnxruntime")));
          }
        });
    return targets;
  }

  private static List<Target> ofTheMachine() {
    Case matmul = Case.of("Matmul.matmul", "cpu", "shape", "1024x1024x1024");
    return List.of(
        new Target(
            "1024-cubed float32 matmul, time / least time at the measured peak",
            1 / 0.78,
            results -> results.millis(matmul),
            results -> atPeak(results, matmul)));
  }

  /** The time that the work would take at the measured peak of arithmetic. */
  private static Optional<Median> atPeak(Results results, Case work) {
    double peak = results.peak().operations(false);
    return peak == 0
        ? Optional.empty()
        : Costs.of(work.benchmark(), work.parameters())
            .map(cost -> 1e3 * cost.operations() / peak)
            .map(millis -> new Median(millis, millis, millis));
  }

  private static Target times(String what, double limit, Case ours, Case theirs) {
    return new Target(
        what, limit, results -> results.millis(ours), results -> results.millis(theirs));
  }

  private static Function<Results, Optional<Median>> resident(String by, String data) {
    return results ->
        results.memory().stream()
            .filter(one -> one.by().equals(by) && one.data().equals(data))
            .map(Memory::resident)
            .filter(bytes -> bytes.value() > 0)
            .findFirst();
  }

  /** The ratio, if all that it takes was measured. */
  public Optional<Median> ratio(Results results) {
    return theirs
        .apply(results)
        .flatMap(other -> ours.apply(results).map(mine -> mine.ratioTo(other)));
  }

  /** Whether it is reached. */
  public Verdict verdict(Results results) {
    return ratio(results)
        .map(ratio -> ratio.value() <= limit ? Verdict.WON : Verdict.LOST)
        .orElse(Verdict.OPEN);
  }
}
