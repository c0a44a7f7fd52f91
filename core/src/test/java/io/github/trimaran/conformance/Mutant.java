package io.github.trimaran.conformance;

import io.github.trimaran.backend.Backend;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * A backend with one fault.
 *
 * @param name what is wrong
 * @param method the method that is wrong, whose cases must find it
 * @param backend the faulty backend
 */
record Mutant(String name, String method, Backend<?> backend) {

  // One that is closed does for the cases of closing.
  private static <A> List<ConformanceCase> cases(Backend<A> faulty) {
    return Conformance.cases(faulty, () -> faulty);
  }

  /** The id of a case that rejects it. */
  String rejectedBy() {
    List<ConformanceCase> cases =
        cases(backend).stream().filter(c -> c.method().equals(method)).toList();
    for (ConformanceCase one : cases) {
      try {
        one.body().run();
      } catch (TestAbortedException notFused) {
        continue;
      } catch (RuntimeException | AssertionError rejection) {
        return one.id();
      }
    }
    throw new AssertionError("all " + cases.size() + " cases of " + method + " accept: " + name);
  }
}
