package io.github.trimaran.examples.cli;

import java.util.List;
import java.util.stream.Collectors;

/** What a Java shell knows from its start: imports of everything, and a backend. */
final class JShellStartup {

  private static final String ROOT = "io.github.trimaran.";

  private static final List<String> OF_JAVA =
      List.of(
          "java.io",
          "java.math",
          "java.nio.file",
          "java.util",
          "java.util.concurrent",
          "java.util.function",
          "java.util.stream");

  /** Below the root. Those of modules that are not on the class path are left out. */
  static final List<String> OURS =
      List.of(
          "array",
          "autograd",
          "backend",
          "collective",
          "data",
          "data.catalog",
          "data.cifar",
          "data.download",
          "data.embedded",
          "data.mnist",
          "data.prediction",
          "data.table",
          "data.text",
          "diagnostics",
          "io.files",
          "io.json",
          "io.weights",
          "nn",
          "nn.attention",
          "nn.forms",
          "nn.losses",
          "nn.models",
          "nn.recurrent",
          "onnx",
          "optim",
          "random",
          "search",
          "tensor",
          "train",
          "train.metrics",
          "train.prediction",
          "vision.data",
          "vision.digits",
          "vision.image",
          "vision.network",
          "vision.style",
          "vision.visualize",
          "vision.weights");

  /** Of two classes of one name, the one that is meant without its package. */
  static final List<String> PREFERRED = List.of("backend.Precision", "train.Objective");

  private JShellStartup() {}

  /** The imports, one a line. */
  static String imports() {
    return OF_JAVA.stream().map(name -> "import " + name + ".*;\n").collect(Collectors.joining())
        + OURS.stream()
            .filter(JShellStartup::isThere)
            .map(name -> "import " + ROOT + name + ".*;\n")
            .collect(Collectors.joining())
        + PREFERRED.stream()
            .map(name -> "import " + ROOT + name + ";\n")
            .collect(Collectors.joining());
  }

  private static boolean isThere(String name) {
    return JShellStartup.class.getResource("/" + (ROOT + name).replace('.', '/')) != null;
  }

  /** The imports, and a variable {@code backend}. */
  static String text(String backend) {
    return imports() + "Backend<?> backend = Backends.get(\"" + backend + "\");\n";
  }
}
