package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.backend.Backends;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step of BasicConvNet: through our API on each backend, and by its peers. Each runs
 * in JVMs of its own, for engines set their threads for the whole process; compare medians (p0.50)
 * of one run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark {

  /** The shapes. */
  @Param({"cifar", "mnist"})
  public String data;

  /**
   * Whose step it is: ours on cpu (also with plain kernels), nd4j, djl; a peer's by hand or as
   * documented.
   */
  @Param({"cpu", "cpu-scalar", "djl", "nd4j", "peer-djl", "peer-nd4j"})
  public String by;

  private TrainingStep step;

  /** Builds the network. */
  @Setup
  public void build() {
    Workload workload = Workload.of(data);
    if (by.equals("cpu-scalar")) {
      System.setProperty("trimaran.cpu.kernels", "scalar");
    }
    step =
        switch (by) {
          case "peer-djl" -> new DjlStep(workload);
          case "peer-nd4j" -> new Nd4jStep(workload);
          case "cpu-scalar" -> new TrimaranStep(Backends.get("cpu"), workload);
          default -> new TrimaranStep(Backends.get(by), workload);
        };
  }

  /** Forward, backward, update. */
  @Benchmark
  public double step() {
    return step.take();
  }
}
