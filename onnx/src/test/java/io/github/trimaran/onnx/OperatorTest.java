package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every operator with its settings varied gives what ONNX Runtime gives, on each backend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorTest {

  private final List<Backend<?>> backends =
      List.of(Backends.get("cpu"), Backends.get("nd4j"), Backends.get("djl"));

  @AfterAll
  void close() {
    backends.forEach(Backend::close);
  }

  /** Those that no other repeats. */
  private static Map<String, OperatorCase> cases() {
    List<OperatorCase> cases = new ArrayList<>();
    ElementwiseCases.add(cases);
    WindowCases.add(cases);
    NormalisationCases.add(cases);
    RecurrentCases.add(cases);
    MoveCases.add(cases);
    IndexCases.add(cases);
    ResizeCases.add(cases);
    Map<String, OperatorCase> different = new LinkedHashMap<>();
    cases.forEach(one -> different.put(one.toString(), one));
    return different;
  }

  @TestFactory
  Stream<DynamicTest> operators() {
    return backends.stream().flatMap(OperatorTest::operators);
  }

  private static Stream<DynamicTest> operators(Backend<?> backend) {
    String name = backend.info().name();
    return cases().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    name + " " + e.getKey(), () -> e.getValue().check(backend)));
  }

  @Test
  void thereAreMany() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(600);
  }
}
