package io.github.trimaran.examples;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.trimaran.examples.cli.Main;
import org.junit.jupiter.api.Test;

/** The packages of the program have no cycles. */
class ArchitectureTest {

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.github.trimaran.examples.(*)..")
        .should()
        .beFreeOfCycles()
        .check(
            new ClassFileImporter()
                .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation()));
  }
}
