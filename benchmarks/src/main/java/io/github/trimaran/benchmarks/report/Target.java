package io.github.trimaran.benchmarks.report;

import io.github.trimaran.benchmarks.run.Case;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
    Case cifar = Case.of(STEP, "cpu", "data", "cifar", "batch", "50");
    Case mnist = Case.of(STEP, "cpu", "data", "mnist", "batch", "50");
    Case many = Case.of(STEP, "cpu", "data", "cifar", "batch", "400");
    Case matmul = Case.of("Matmul.matmul", "cpu", "shape", "1024x1024x1024");
    Case style = Case.of("StyleTransfer.iteration", "cpu");
    Case image = Case.of("Inference.scores", "cpu", "network", "cifar");
    return List.of(
        times("BasicConvNet CIFAR step, cpu / idiomatic DJL", 0.60, cifar, cifar.by("peer-djl")),
        times("BasicConvNet MNIST step, cpu / idiomatic DJL", 0.55, mnist, mnist.by("peer-djl")),
        times("1024-cubed float32 matmul, cpu / DJL (MKL)", 1.5, matmul, matmul.by("peer-djl")),
        times("SqueezeNet style iteration at 192, cpu / raw DJL", 1.0, style, style.by("peer-djl")),
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
            resident("cpu"),
            resident("peer-djl")),
        times("CIFAR step, scalar kernels / vector kernels", 2.0, cifar.by("cpu-scalar"), cifar),
        new Target(
            "CIFAR step of 400 images / 8 steps of 50, cpu",
            1.1,
            results -> results.millis(many),
            results -> results.millis(cifar).map(one -> one.times(8))));
  }

  private static Target times(String what, double limit, Case ours, Case theirs) {
    return new Target(
        what, limit, results -> results.millis(ours), results -> results.millis(theirs));
  }

  private static Function<Results, Optional<Median>> resident(String by) {
    return results ->
        results.memory().stream()
            .filter(one -> one.by().equals(by) && one.data().equals("cifar"))
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
