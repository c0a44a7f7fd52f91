package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the cases for one backend. */
final class Catalogue<A> {

  static final List<DType> FLOATS = List.of(DType.FLOAT32, DType.FLOAT64);
  static final List<DType> NUMBERS = List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64);
  static final List<DType> ALL = List.of(DType.values());

  private final Backend<A> backend;
  private final Rng rng;
  private final List<ConformanceCase> cases = new ArrayList<>();

  Catalogue(Backend<A> backend, long seed) {
    this.backend = backend;
    this.rng = Rng.seeded(seed);
  }

  List<ConformanceCase> cases() {
    return List.copyOf(cases);
  }

  /** Adds a case. It gets its own random numbers, and must leave no array behind. */
  void add(String method, DType dtype, String name, Consumer<Probe<A>> body) {
    Rng own = rng.fork(method + "/" + name);
    cases.add(
        new ConformanceCase(
            method,
            dtype,
            name,
            () -> {
              Probe<A> probe = new Probe<>(backend, method, dtype, Rng.restore(own.state()));
              long before = backend.liveArrays();
              body.accept(probe);
              probe.requireLive(before, "after the case");
              probe.requireFused();
            }));
  }

  /** Adds a case for each of these dtypes. */
  void add(String method, List<DType> dtypes, String name, Consumer<Probe<A>> body) {
    for (DType dtype : dtypes) {
      add(method, dtype, name, body);
    }
  }
}
