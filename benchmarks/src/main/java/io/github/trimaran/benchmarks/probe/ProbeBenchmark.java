package io.github.trimaran.benchmarks.probe;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The roof of the roofline: what arithmetic and memory of this machine give at most, all threads at
 * work. The best iteration counts: nothing makes a machine faster than it is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(Threads.MAX)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProbeBenchmark {

  /**
   * Floats of each of the three arrays of a thread: 192 MB together, more than its share of cache.
   */
  private static final int FLOATS = 16 << 20;

  /**
   * Bytes that one {@link #triad} reads and writes; lines read only to be overwritten not counted.
   */
  public static final double TRIAD_BYTES = 3.0 * Float.BYTES * FLOATS;

  /** Floating-point operations of one {@link #multiplyAddFloats} or {@link #multiplyAddDoubles}. */
  public static final double PEAK_OPERATIONS = PeakLoop.OPERATIONS;

  private PeakLoop loop;
  private float[] a;
  private float[] b;
  private float[] c;

  private static PeakLoop load() throws ReflectiveOperationException {
    // By name: the class does not even load without the incubator module.
    return Class.forName(ProbeBenchmark.class.getPackageName() + ".VectorPeak")
        .asSubclass(PeakLoop.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  /** Makes the arrays. */
  @Setup
  public void build() throws ReflectiveOperationException {
    loop = load();
    a = new float[FLOATS];
    b = new float[FLOATS];
    c = new float[FLOATS];
    java.util.Arrays.fill(b, 1);
    java.util.Arrays.fill(c, 2);
  }

  /** Multiply-adds in float32. */
  @Benchmark
  public float multiplyAddFloats() {
    return loop.runFloats();
  }

  /** Multiply-adds in float64. */
  @Benchmark
  public double multiplyAddDoubles() {
    return loop.runDoubles();
  }

  /** STREAM's triad, {@code a = b + s c} (McCalpin 1995). */
  @Benchmark
  public float[] triad() {
    float[] to = a;
    float[] x = b;
    float[] y = c;
    for (int i = 0; i < to.length; i++) {
      to[i] = x[i] + 3 * y[i];
    }
    return to;
  }
}
