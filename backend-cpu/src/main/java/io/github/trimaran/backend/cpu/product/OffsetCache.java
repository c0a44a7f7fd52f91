package io.github.trimaran.backend.cpu.product;

import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.kernels.Offsets;
import io.github.trimaran.backend.cpu.memory.Layout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the offset tables used last, since every step of a training needs the same ones. */
public final class OffsetCache {

  private static final int MOST_ENTRIES = 1 << 22;

  private final Map<Key, Offsets> tables = new LinkedHashMap<>(16, 0.75f, true);
  private int entries;

  private record Key(int[] extents, int[] strides) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Arrays.equals(extents, key.extents)
          && Arrays.equals(strides, key.strides);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(extents) + Arrays.hashCode(strides);
    }
  }

  /** The table of axes with these extents and strides, see {@link Offsets#of}. */
  public synchronized Offsets get(int[] extents, int[] strides) {
    Key key = new Key(extents, strides);
    Offsets found = tables.get(key);
    if (found != null) {
      return found;
    }
    Offsets made = Offsets.of(extents, strides);
    tables.put(key, made);
    entries += made.size();
    var oldest = tables.values().iterator();
    while (entries > MOST_ENTRIES && oldest.hasNext()) {
      entries -= oldest.next().size();
      oldest.remove();
    }
    return made;
  }

  /** The table of a group of neighbouring axes of a layout. */
  public Offsets get(Layout layout, int firstAxis, int endAxis) {
    int[] extents = new int[endAxis - firstAxis];
    int[] strides = new int[extents.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = layout.shape().dim(firstAxis + i);
      strides[i] = layout.stride(firstAxis + i);
    }
    return get(extents, strides);
  }

  /** A layout as a matrix: axes before {@code split} are its rows, the others its columns. */
  public Matrix matrix(Object data, Layout layout, int split) {
    return new Matrix(
        data, layout.offset(), get(layout, 0, split), get(layout, split, layout.shape().rank()));
  }
}
