package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.image.Pictures;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The imports that a shell starts with. */
class JShellStartupTest {

  private static final String ROOT = "io.github.trimaran.";

  private static List<JavaClass> publicClasses() {
    return Stream.of(Tensor.class, Pictures.class)
        .map(module -> module.getProtectionDomain().getCodeSource().getLocation())
        .flatMap(place -> new ClassFileImporter().importUrl(place).stream())
        .filter(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(JavaClass::isTopLevelClass)
        .toList();
  }

  @Test
  void haveEveryPackageWithSomethingPublic() {
    Set<String> packages =
        publicClasses().stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(JShellStartup.OURS.stream().filter(name -> !name.equals("onnx")).map(ROOT::concat))
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void leaveNoNameAmbiguous() {
    String names =
        publicClasses().stream()
            .map(one -> one.getSimpleName() + ".class")
            .distinct()
            .collect(Collectors.joining(", "));
    try (Shell shell = new Shell("cpu")) {
      shell.run("int count = List.of(new Class<?>[] {" + names + "}).size();");
      assertThat(Integer.parseInt(shell.value("count"))).isGreaterThan(300);
    }
  }
}
