package io.github.trimaran.vision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.trimaran.vision.image.Pictures;
import org.junit.jupiter.api.Test;

/** The rooms of this module have no cycles, and reach down to core only. */
class ArchitectureTest {

  private static final JavaClasses VISION =
      new ClassFileImporter()
          .importUrl(Pictures.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.github.trimaran.vision.(*)..").should().beFreeOfCycles().check(VISION);
  }

  @Test
  void readersOfFilesAreItsOnlyDependencies() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.github.trimaran..", "java..", "javax..", "org.w3c.dom..", "com.google.protobuf..")
        .check(VISION);
  }
}
