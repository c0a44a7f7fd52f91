package io.github.trimaran.backend.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether the processor multiplies bfloat16. Where it does, a convolution takes about half of
 * float32's time; elsewhere oneDNN imitates it and PyTorch's own loops are many times slower. None
 * of DJL, PyTorch's operations or Java tells, so Linux is asked.
 */
final class Bfloat16 {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final List<String> FLAGS = List.of("avx512_bf16", "amx_bf16");

  private Bfloat16() {}

  /** Of this machine's processors; false where that cannot be known. */
  static boolean isFast() {
    if (!Files.isReadable(PROCESSORS)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(PROCESSORS, StandardCharsets.UTF_8)) {
      return isNamedIn(lines);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** Whether a line of flags names it. */
  static boolean isNamedIn(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith("flags"))
        .anyMatch(line -> Arrays.stream(line.split("\\s+")).anyMatch(FLAGS::contains));
  }
}
