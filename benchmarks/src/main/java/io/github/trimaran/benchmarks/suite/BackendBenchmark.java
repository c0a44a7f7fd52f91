package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What all benchmarks share: the parameters and the way of measuring. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public abstract class BackendBenchmark {

  /** Who computes: one of our backends, {@code cpu-scalar}, or a peer where there is one. */
  @Param({"cpu", "nd4j", "djl"})
  public String backend;

  /** In what; peers know float32 only. */
  @Param("float32")
  public String dtype;

  private Backend<?> started;

  /** Whether a peer computes. */
  protected final boolean isPeer() {
    return backend.startsWith("peer-");
  }

  /** The backend of the parameter, started. */
  protected final Backend<?> ours() {
    if (started == null) {
      started = Work.start(backend);
    }
    return started;
  }

  /** What to compute in. */
  protected final DType type() {
    return switch (dtype) {
      case "float32" -> DType.FLOAT32;
      case "float64" -> DType.FLOAT64;
      default ->
          throw new IllegalArgumentException("dtype: float32 or float64, not '" + dtype + "'");
    };
  }

  /** Normally distributed values on the backend. */
  protected final Tensor normal(long seed, Shape shape) {
    HostArray values = HostArray.of(Workload.normal(seed, shape.size(), 1), shape);
    return Tensor.of(ours(), values.to(type())).persist();
  }

  /** An operation, awaited; its results are given back as a user's are. */
  protected final Work operation(Supplier<Tensor> result) {
    Backend<?> where = ours();
    return () -> {
      try (Scope scope = Scope.open("the operation")) {
        Tensor tensor = result.get();
        where.sync();
        return tensor.shape();
      }
    };
  }
}
