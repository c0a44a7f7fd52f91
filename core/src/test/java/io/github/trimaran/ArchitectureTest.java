package io.github.trimaran;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.trimaran.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape of core: layers point down, packages have no cycles, slf4j and a reader of CSV are the
 * only dependencies.
 */
class ArchitectureTest {

  private static final String ROOT = "io.github.trimaran.";

  /** From the bottom up: each may use those before it. */
  private static final List<String> LAYERS =
      List.of("array", "backend", "tensor", "autograd", "nn", "optim", "train");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(Shape.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"array", "backend", "tensor", "autograd", "nn", "optim"})
  void layersPointDown(String layer) {
    String[] above =
        LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).stream()
            .map(name -> ROOT + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + layer + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void nothingButSlf4jAndFastCsvIsNeeded() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.github.trimaran..", "java..", "javax..", "org.slf4j..", "de.siegmar.fastcsv..")
        .check(CORE);
  }
}
