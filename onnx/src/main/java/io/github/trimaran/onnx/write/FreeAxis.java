package io.github.trimaran.onnx.write;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An axis whose extent is free in the written graph, alone or of several inputs at once.
 *
 * <pre>{@code
 * new FreeAxis("batch", Map.of("images", 0, "sizes", 0), false)
 * }</pre>
 *
 * @param name as the file has it
 * @param axes of each input that has it, which one; the first input's extent is what all follow
 * @param bounded whether extents above the example's are left out, as positions of a text need it
 */
public record FreeAxis(String name, Map<String, Integer> axes, boolean bounded) {

  /** The same where an input has got another name. */
  public FreeAxis ofInput(String oldName, String newName) {
    if (!axes.containsKey(oldName)) {
      return this;
    }
    Map<String, Integer> renamed = new LinkedHashMap<>();
    axes.forEach((input, axis) -> renamed.put(input.equals(oldName) ? newName : input, axis));
    return new FreeAxis(name, renamed, bounded);
  }
}
