package io.github.trimaran.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rooms of this module have no cycles, and reach down to core and protobuf only. */
class ArchitectureTest {

  private static final JavaClasses ONNX =
      new ClassFileImporter()
          .importUrl(Onnx.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.github.trimaran.onnx.(*)..").should().beFreeOfCycles().check(ONNX);
  }

  @Test
  void protobufIsItsOnlyDependency() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.github.trimaran..", "java..", "com.google.protobuf..")
        .check(ONNX);
  }
}
