package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.benchmarks.peers.TrainingSteps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a JVM that has loaded nothing of it to the first result: starting the backend or engine,
 * building BasicConvNet, one training step on MNIST's shape. Peers are those of the training step.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
    value = 5,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class Startup extends BackendBenchmark {

  /** The first loss. */
  @Benchmark
  public double firstStep() {
    return TrainingSteps.of(backend, type(), Workload.of("mnist", 50)).take();
  }
}
