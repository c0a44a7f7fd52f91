package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.peers.OnnxFiles;
import io.github.trimaran.benchmarks.peers.Work;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A network from a file, by our backends and by {@code peer-onnxruntime}. */
public class OnnxFile extends BackendBenchmark {

  /** The file. */
  @Param("")
  public String model;

  /** The extents of its free axes: {@code batch=16,length=64}. */
  @Param("")
  public String extents;

  private Work work;

  /** Reads the file, uploads its inputs. */
  @Setup
  public void read() {
    work = OnnxFiles.of(backend, type(), Path.of(model), OnnxFiles.extents(extents));
  }

  /** The outputs, read. */
  @Benchmark
  public Object outputs() {
    return work.run();
  }
}
