package io.github.trimaran.io.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a PyTorch file by name, without the prefix that wrappers of a model put before all
 * of its names.
 *
 * @param views the tensors
 * @param notes what was found: the entry of the checkpoint, and the prefix left out
 */
record TorchDictionary(Map<String, TorchNames.View> views, Map<String, String> notes) {

  /** Of {@code torch.nn.DataParallel} and of {@code torch.compile}. */
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

  /** Of the map that lies at {@code entry}, empty for the outermost. */
  static TorchDictionary of(String entry, Map<?, ?> map) {
    Map<String, TorchNames.View> views = new LinkedHashMap<>();
    map.forEach((name, view) -> views.put((String) name, (TorchNames.View) view));
    Map<String, String> notes = new LinkedHashMap<>();
    if (!entry.isEmpty()) {
      notes.put(Pth.ENTRY, entry);
    }
    String prefix = "";
    for (String wrapper = wrapperOf(views, prefix);
        wrapper != null;
        wrapper = wrapperOf(views, prefix)) {
      prefix += wrapper;
    }
    if (!prefix.isEmpty()) {
      notes.put(Pth.PREFIX, prefix);
    }
    Map<String, TorchNames.View> named = new LinkedHashMap<>();
    int length = prefix.length();
    views.forEach((name, view) -> named.put(name.substring(length), view));
    return new TorchDictionary(named, notes);
  }

  private static String wrapperOf(Map<String, TorchNames.View> views, String prefix) {
    for (String wrapper : WRAPPERS) {
      if (views.keySet().stream().allMatch(name -> name.startsWith(prefix + wrapper))) {
        return wrapper;
      }
    }
    return null;
  }
}
