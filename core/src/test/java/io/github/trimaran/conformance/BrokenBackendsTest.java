package io.github.trimaran.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.FusedOperations;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The suite rejects backends that are broken in one way each. */
@Tag("long")
class BrokenBackendsTest {

  /** What a backend promises to whole predictions: {@code PredictorConformance} holds it to it. */
  private static final Set<String> OF_PREDICTIONS = Set.of("computesSamplesAlike");

  private static List<Method> methods() {
    return Stream.<Class<?>>of(Backend.class, FusedOperations.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> !method.isSynthetic())
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** Methods that return arrays; the type of an array is erased to Object. */
  private static boolean returnsArray(Method method) {
    return method.getReturnType() == Object.class || method.getReturnType() == Optional.class;
  }

  private static Stream<Mutant> generated() {
    return methods().stream()
        .filter(BrokenBackendsTest::returnsArray)
        .flatMap(
            method ->
                Arrays.stream(Fault.values())
                    .filter(fault -> fault.fits(method))
                    .map(
                        fault ->
                            new Mutant(
                                method.getName() + ": " + fault,
                                method.getName(),
                                fault.in(method))));
  }

  private static Stream<Mutant> byHand() {
    return Stream.of(
            ElementwiseMutants.all(),
            ReduceMutants.all(),
            MoveMutants.all(),
            WindowMutants.all(),
            FusedMutants.all(),
            FusedConvolutionMutants.all(),
            MemoryMutants.all())
        .flatMap(List::stream);
  }

  @TestFactory
  Stream<DynamicTest> generatedFaultsAreRejected() {
    return generated().map(mutant -> DynamicTest.dynamicTest(mutant.name(), mutant::rejectedBy));
  }

  @TestFactory
  Stream<DynamicTest> faultsMadeByHandAreRejected() {
    return byHand().map(mutant -> DynamicTest.dynamicTest(mutant.name(), mutant::rejectedBy));
  }

  @Test
  void everyMethodHasCasesAndFaults() {
    Set<String> names = methods().stream().map(Method::getName).collect(Collectors.toSet());
    names.removeAll(OF_PREDICTIONS);
    Set<String> withCases =
        Conformance.cases(new FusingBackend(), FusingBackend::new).stream()
            .map(ConformanceCase::method)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> withFaults =
        Stream.concat(generated(), byHand()).map(Mutant::method).collect(Collectors.toSet());
    assertThat(withCases).containsAll(names);
    assertThat(withFaults).containsAll(names);
  }
}
