package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Puts runs of one function with other extents beside each other: they must have done the same. */
final class Merging {

  private final List<Recording> runs;

  /** By what the first run has in its place. */
  private final Map<Traced, Item> items = new IdentityHashMap<>();

  /** What the others have there. */
  private final Map<Traced, Traced[]> places = new IdentityHashMap<>();

  Merging(List<Recording> runs) {
    this.runs = runs;
  }

  /** The operations, in the order of the first run. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    List<Recording.Step> first = runs.get(0).steps();
    for (int i = 0; i < first.size(); i++) {
      Recording.Step[] steps = new Recording.Step[runs.size()];
      for (int run = 0; run < steps.length; run++) {
        List<Recording.Step> own = runs.get(run).steps();
        steps[run] = i < own.size() ? own.get(i) : null;
        requireAlike(first.get(i), steps[run]);
      }
      calls.add(call(steps));
    }
    for (Recording run : runs) {
      if (run.steps().size() != first.size()) {
        throw differs(first.get(first.size() - 1).layer());
      }
    }
    return calls;
  }

  private static void requireAlike(Recording.Step one, Recording.Step other) {
    if (other == null
        || !one.operation().equals(other.operation())
        || one.operands().size() != other.operands().size()
        || !one.layer().equals(other.layer())) {
      throw differs(one.layer());
    }
  }

  private static IllegalArgumentException differs(String layer) {
    return new IllegalArgumentException(
        "onnx: "
            + (layer.isEmpty() ? "the function" : layer)
            + " does other operations for other extents of the free axes, as loops over steps do;"
            + " export with fixed extents (fixedBatch, no free axes)");
  }

  private Call call(Recording.Step... steps) {
    Recording.Step first = steps[0];
    List<Item> operands = new ArrayList<>();
    for (int i = 0; i < first.operands().size(); i++) {
      Traced[] all = new Traced[steps.length];
      for (int run = 0; run < all.length; run++) {
        all[run] = steps[run].operands().get(i);
      }
      operands.add(item(first.layer(), all));
    }
    List<Item> results = new ArrayList<>();
    for (int i = 0; i < first.results().size(); i++) {
      Traced[] all = new Traced[steps.length];
      for (int run = 0; run < all.length; run++) {
        all[run] = steps[run].results().get(i);
      }
      results.add(known(all));
    }
    Object[][] settings = new Object[steps.length][];
    for (int run = 0; run < steps.length; run++) {
      settings[run] = steps[run].settings().toArray();
    }
    return new Call(first.operation(), operands, settings, results, first.layer());
  }

  /** What an operation takes, which must be the same thing in all runs. */
  Item item(String layer, Traced... all) {
    Traced[] before = places.get(all[0]);
    if (before == null) {
      if (all[0].kind() == Traced.Kind.RESULT) {
        throw differs(layer);
      }
      for (Traced one : all) {
        boolean alike =
            one.kind() == all[0].kind()
                && one.dtype() == all[0].dtype()
                && one.shape().rank() == all[0].shape().rank()
                && (one.name() == null || one.name().equals(all[0].name()));
        if (!alike) {
          throw differs(layer);
        }
      }
      return known(all);
    }
    for (int run = 0; run < all.length; run++) {
      if (!before[run].equals(all[run])) {
        throw differs(layer);
      }
    }
    return items.get(all[0]);
  }

  private Item known(Traced... all) {
    Shape[] shapes = new Shape[all.length];
    HostArray[] values = new HostArray[all.length];
    for (int run = 0; run < all.length; run++) {
      shapes[run] = all[run].shape();
      values[run] = all[run].host();
    }
    Item item = new Item(all[0].kind(), all[0].dtype(), all[0].name(), shapes, values);
    items.put(all[0], item);
    places.put(all[0], all);
    return item;
  }
}
