package io.github.trimaran.onnx.write;

import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass over the operations, from the inputs on: those that do nothing are left out, and several
 * that ONNX has as one become one. What nobody uses any more is dropped at the end.
 */
final class Simplification {

  private final Calls calls;
  private final List<Rule> rules;

  /** Looks at an operation whose operands are simple already. */
  @FunctionalInterface
  interface Rule {
    /** What takes the place of its result; null if the rule does not fit. */
    Item simpler(Call call, Calls calls);
  }

  private Simplification(int opset) {
    calls = new Calls();
    rules = new ArrayList<>();
    rules.add(MoveRules::simpler);
    rules.add(SumRules::simpler);
    rules.add(GatherRules::simpler);
    rules.add((call, made) -> NormRules.simpler(call, made, opset));
  }

  /**
   * The simplified operations that the outputs need, in order.
   *
   * @param outputs what is wanted; each is replaced by what gives it now
   */
  static List<Call> of(List<Call> recorded, List<Item> outputs, int opset) {
    Simplification simplification = new Simplification(opset);
    recorded.forEach(simplification::add);
    outputs.replaceAll(simplification.calls::resolved);
    return needed(simplification.calls.all(), outputs);
  }

  private void add(Call recorded) {
    List<Item> operands = recorded.operands().stream().map(calls::resolved).toList();
    Call call = operands.equals(recorded.operands()) ? recorded : recorded.with(operands);
    for (Rule rule : rules) {
      Item simpler = rule.simpler(call, calls);
      if (simpler != null) {
        calls.replace(call.result(), simpler);
        return;
      }
    }
    calls.add(call);
  }

  private static List<Call> needed(List<Call> all, List<Item> outputs) {
    Set<Item> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.addAll(outputs);
    List<Call> needed = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      Call call = all.get(i);
      if (call.results().stream().anyMatch(wanted::contains)) {
        wanted.addAll(call.operands());
        needed.add(call);
      }
    }
    Collections.reverse(needed);
    return needed;
  }

  /** The simplified operations so far, to which rules add. */
  static final class Calls {

    private final List<Call> all = new ArrayList<>();
    private final Map<Item, Item> replaced = new IdentityHashMap<>();

    List<Call> all() {
      return all;
    }

    void add(Call call) {
      all.add(call);
    }

    void replace(Item result, Item simpler) {
      replaced.put(result, simpler);
    }

    Item resolved(Item item) {
      return replaced.getOrDefault(item, item);
    }

    /** Adds an operation of one result in the place of another, of the same shapes. */
    Item instead(Call of, String operation, List<Item> operands, Object... settings) {
      return add(of, operation, of.result().shapes(), operands, settings);
    }

    /**
     * Adds an operation of one result, called where another is, with the same settings in all runs.
     */
    Item add(
        Call beside, String operation, Shape[] shapes, List<Item> operands, Object... settings) {
      Object[][] all = new Object[shapes.length][];
      Arrays.fill(all, settings);
      return addVarying(beside, operation, shapes, operands, all);
    }

    Item addVarying(
        Call beside, String operation, Shape[] shapes, List<Item> operands, Object[]... settings) {
      Item result = Item.result(operands.get(0).dtype(), shapes);
      add(new Call(operation, operands, settings, List.of(result), beside.layer()));
      return result;
    }

    /** Another shape of the same elements; the item itself if it has it. */
    Item reshaped(Call beside, Item item, Shape... shapes) {
      if (item.hasShapes(shapes)) {
        return item;
      }
      Object[][] settings = new Object[shapes.length][];
      Arrays.setAll(settings, run -> new Object[] {shapes[run]});
      return addVarying(beside, "reshape", shapes, List.of(item), settings);
    }
  }
}
