package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.cpu.kernels.ScalarKernels;
import io.github.trimaran.backend.cpu.kernels.VectorKernels;
import java.util.stream.Stream;

/** Backends to test: both kinds of kernels, several numbers of threads. */
final class TestBackends {

  private TestBackends() {}

  static CpuBackend vector(int threads) {
    return new CpuBackend(options(threads), new VectorKernels());
  }

  static CpuBackend scalar(int threads) {
    return new CpuBackend(options(threads), new ScalarKernels("test"));
  }

  static Stream<CpuBackend> both() {
    return Stream.of(vector(2), scalar(2));
  }

  private static BackendOptions options(int threads) {
    return BackendOptions.defaults().withThreads(threads);
  }
}
