package io.github.trimaran.conformance;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

/**
 * The conformance suite as a test class:
 *
 * <pre>{@code
 * class CpuConformanceTest extends BackendConformance {
 *   CpuConformanceTest() { super("cpu"); }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendConformance {

  private final Supplier<Backend<?>> make;
  private final Backend<?> backend;
  private final Exclusions exclusions;
  private final Predicate<ConformanceCase> chosen;
  private final Tally tally = new Tally();

  /** Tests the backend of that name, which must be on the class path. */
  protected BackendConformance(String name) {
    this(() -> Backends.get(name));
  }

  /** Tests the backends that {@code make} makes, without exclusions. */
  protected BackendConformance(Supplier<Backend<?>> make) {
    this(make, Exclusions.none());
  }

  /** Tests the backends that {@code make} makes, without exclusions, by these cases alone. */
  protected BackendConformance(Supplier<Backend<?>> make, Predicate<ConformanceCase> chosen) {
    this(make, Exclusions.none(), chosen);
  }

  /** Tests backends that are known not to do everything. */
  protected BackendConformance(Supplier<Backend<?>> make, Exclusions exclusions) {
    this(make, exclusions, one -> true);
  }

  private BackendConformance(
      Supplier<Backend<?>> make, Exclusions exclusions, Predicate<ConformanceCase> chosen) {
    this.make = make;
    this.backend = make.get();
    this.exclusions = exclusions;
    this.chosen = chosen.and(Conformance::isChosen);
  }

  /** All cases, by method. */
  @TestFactory
  protected final Stream<DynamicContainer> conformance() {
    List<ConformanceCase> cases = cases(backend);
    List<String> unused = exclusions.unused(cases);
    if (!unused.isEmpty()) {
      throw new IllegalStateException("exclusions of cases that do not exist: " + unused);
    }
    Map<String, Stream.Builder<DynamicTest>> byMethod = new LinkedHashMap<>();
    for (ConformanceCase one : cases.stream().filter(chosen).toList()) {
      byMethod
          .computeIfAbsent(one.method(), method -> Stream.builder())
          .add(DynamicTest.dynamicTest(one.id(), () -> run(one)));
    }
    return byMethod.entrySet().stream()
        .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue().build()));
  }

  @SuppressWarnings("unchecked") // All that make makes are of one kind.
  private <A> List<ConformanceCase> cases(Backend<A> one) {
    return Conformance.cases(one, () -> (Backend<A>) make.get());
  }

  /** Prints the counts. */
  @AfterAll
  protected final void report() {
    System.out.println(tally.report(backend.info().name()));
    backend.close();
  }

  private void run(ConformanceCase one) {
    Tally.Outcome outcome = Tally.Outcome.FAILED;
    try {
      String excluded = exclusions.reason(one).orElse(null);
      if (excluded == null) {
        one.body().run();
        outcome = Tally.Outcome.PASSED;
      } else {
        requireFailure(one, excluded);
        outcome = Tally.Outcome.EXCLUDED;
        throw new TestAbortedException("excluded: " + excluded);
      }
    } catch (TestAbortedException aborted) {
      outcome = outcome == Tally.Outcome.EXCLUDED ? outcome : Tally.Outcome.NOT_FUSED;
      throw aborted;
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          one.id()
              + " on "
              + backend.info().name()
              + ", seed "
              + Conformance.seed()
              + ": "
              + failure.getMessage(),
          failure);
    } finally {
      tally.count(one.dtype(), outcome);
    }
  }

  private static void requireFailure(ConformanceCase one, String reason) {
    try {
      one.body().run();
    } catch (RuntimeException | AssertionError expected) {
      return;
    }
    throw new AssertionError("passes, though excluded because: " + reason);
  }
}
