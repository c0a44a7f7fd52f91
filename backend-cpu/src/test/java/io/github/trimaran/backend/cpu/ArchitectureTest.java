package io.github.trimaran.backend.cpu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of this module point down only, and need nothing but core. */
class ArchitectureTest {

  private static final String ROOT = "io.github.trimaran.backend.cpu";

  /** From the bottom up: each may use those before it. */
  private static final List<String> ROOMS =
      List.of("memory", "kernels", "elementwise", "reduction", "product", "convolution");

  private static final JavaClasses CPU =
      new ClassFileImporter()
          .importUrl(CpuBackend.class.getProtectionDomain().getCodeSource().getLocation());

  @ParameterizedTest
  @ValueSource(
      strings = {"memory", "kernels", "elementwise", "reduction", "product", "convolution"})
  void roomsPointDown(String room) {
    String[] above =
        ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
            .map(name -> ROOT + "." + name)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .allowEmptyShould(true)
        .check(CPU);
  }

  @Test
  void coreIsItsOnlyDependency() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.github.trimaran..", "java..", "jdk.incubator.vector..")
        .check(CPU);
  }
}
