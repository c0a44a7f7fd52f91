package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The weights of a recurrent layer as ONNX has them: those of all directions in one array, {@code W
 * [directions, gates H, D]}, {@code R [directions, gates H, H]} and {@code B [directions, 2 gates
 * H]}, the gates in ONNX's order.
 */
final class RecurrentWeights {

  private final Recurrence layer;
  private final List<Traced> weights;

  /** Of weights with values, in the order of {@link Recurrence}. */
  RecurrentWeights(Recurrence layer, List<Traced> weights) {
    this.layer = layer;
    this.weights = weights;
  }

  /** The letters of the gates in the order of ONNX's rows. */
  private String gates() {
    return switch (layer.cell()) {
      case TANH, RELU -> "h";
      case GRU -> "zrn";
      case LSTM -> "iofg";
    };
  }

  /** W, R and, where there are biases, B; each is called as the first weight in it is. */
  List<Traced> packed() {
    List<Traced> packed = new ArrayList<>();
    packed.add(joined(0));
    packed.add(joined(1));
    if (layer.biased()) {
      packed.add(joined(2, 3));
    }
    return packed;
  }

  /** Of all directions these arrays, one behind the other. */
  private Traced joined(int... which) {
    List<Traced> parts = new ArrayList<>();
    for (int d = 0; d < layer.directions(); d++) {
      for (int index : which) {
        parts.add(weights.get(d * layer.weights() + index));
      }
    }
    Shape each = parts.get(0).shape();
    int rows = each.dim(0) * which.length;
    Shape shape =
        each.rank() == 1
            ? Shape.of(layer.directions(), rows)
            : Shape.of(layer.directions(), rows, each.dim(1));
    HostArray all = HostArray.zeros(shape, parts.get(0).dtype());
    int to = 0;
    for (Traced part : parts) {
      int block = each.size() / gates().length();
      for (char gate : gates().toCharArray()) {
        part.host().copyTo(layer.gates().indexOf(gate) * block, all, to, block);
        to += block;
      }
    }
    String name =
        parts.stream().map(Traced::name).filter(Objects::nonNull).findFirst().orElse(null);
    return name == null ? Traced.constant(null, all) : Traced.named(Traced.Kind.WEIGHT, name, all);
  }
}
