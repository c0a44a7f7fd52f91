package io.github.trimaran.conformance;

import io.github.trimaran.backend.FusedOperations;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;

/**
 * The cases of fused operations on a backend that fuses all of them: none is skipped. The other
 * cases do not know whether a backend fuses.
 */
@Tag("long")
class FusingConformanceTest extends BackendConformance {

  private static final Set<String> FUSED =
      Arrays.stream(FusedOperations.class.getDeclaredMethods())
          .map(Method::getName)
          .collect(Collectors.toSet());

  FusingConformanceTest() {
    super(FusingBackend::new, one -> FUSED.contains(one.method()));
  }
}
