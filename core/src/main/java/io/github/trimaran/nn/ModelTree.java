package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.LayerPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What every {@link Model} is made of: named parts, each with parameters and buffers of its own.
 */
abstract class ModelTree {

  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Model> children = new LinkedHashMap<>();
  private String name = getClass().getSimpleName();
  private boolean attached;

  // Only Model extends this.
  ModelTree() {}

  // ---- what a model is made of ----------------------------------------------------------------

  /** Declares a value that is trained. */
  protected final Variable parameter(
      String localName, Parameter.Role role, Shape shape, Initializer initializer) {
    return declare(localName, new Variable(kind(), role, shape, initializer));
  }

  /** Declares a value that is saved but not trained, such as a running mean. */
  protected final Variable buffer(String localName, Shape shape, Initializer initializer) {
    return declare(localName, new Variable(kind(), null, shape, initializer));
  }

  /**
   * Declares a count, int64 {@code []}: saved but not trained, first 0, and 0 where a state
   * dictionary has none.
   */
  final Variable counter(String localName) {
    return declare(localName, Variable.counter(kind()));
  }

  private Variable declare(String localName, Variable variable) {
    requireFree(localName);
    variables.put(localName, variable);
    return variable;
  }

  /**
   * Declares a part of this model.
   *
   * @return the same part
   * @throws IllegalArgumentException if the name is taken, or the part already belongs to a model
   */
  protected final <M extends Model> M child(String localName, M part) {
    requireFree(localName);
    ModelTree child = part;
    if (child.attached || child == this) {
      throw new IllegalArgumentException(
          kind() + ": '" + localName + "' is already part of a model; make a new layer");
    }
    child.attached = true;
    child.name = localName;
    children.put(localName, part);
    return part;
  }

  private void requireFree(String localName) {
    if (localName.isEmpty() || localName.indexOf('.') >= 0 || localName.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          kind() + ": '" + localName + "' is no name for a part; it must be without . and /");
    }
    if (variables.containsKey(localName) || children.containsKey(localName)) {
      throw new IllegalArgumentException(kind() + ": two parts are called '" + localName + "'");
    }
  }

  /** Its parts by name, in order. */
  public final Map<String, Model> children() {
    return Collections.unmodifiableMap(children);
  }

  /**
   * The part of that dotted name: {@code model.part("encoder.0.attention")}.
   *
   * @throws IllegalArgumentException if there is none, listing those where the path ends
   */
  public final Model part(String path) {
    Model at = (Model) this;
    for (String step : path.split("\\.", -1)) {
      Model next = at.children().get(step);
      if (next == null) {
        throw new IllegalArgumentException(
            kind() + ": no part '" + path + "'; " + at.name() + " has " + at.children().keySet());
      }
      at = next;
    }
    return at;
  }

  /** An error of its settings or its input: {@code "Linear: input must be ..."}. */
  protected final IllegalArgumentException error(String reason) {
    return new IllegalArgumentException(kind() + ": " + reason);
  }

  /** A variable that is null where the model was made without it. */
  final Variable required(String localName, Variable variable) {
    if (variable == null) {
      throw new IllegalStateException(kind() + ": was made without " + localName);
    }
    return variable;
  }

  /** Its own parameters and buffers by name, without those of its parts. */
  final Map<String, Variable> variables() {
    return variables;
  }

  /** What kind of model it is: the name of its class. */
  public final String kind() {
    return getClass().getSimpleName();
  }

  /** Its name within the model it is part of; its kind if it is part of none. */
  public final String name() {
    return name;
  }

  // ---- running --------------------------------------------------------------------------------

  /**
   * Computes as this model: errors and profiles count for it, and an observer sees what it gives,
   * if that is a tensor or {@link Model.Outputs}. Every function of a model does its work in here.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit, naming the part of the model
   */
  protected final <T> T run(Mode mode, Supplier<T> computation) {
    try (LayerPath path = LayerPath.enter(name)) {
      try {
        T output = computation.get();
        mode.observe(LayerPath.current(), (Model) this, output);
        return output;
      } catch (LayerException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new LayerException(e, LayerPath.current());
      }
    }
  }

  /** Calls the action for this model and all its parts, with the prefix of their dotted names. */
  final void forEachPart(String prefix, BiConsumer<String, Model> action) {
    action.accept(prefix, (Model) this);
    children.forEach((local, part) -> part.forEachPart(prefix + local + ".", action));
  }

  /**
   * Stops the training of those parameters alone whose dotted names fit: {@code model.freeze(name
   * -> name.endsWith("bias"))}. Batch norms go on using the statistics that they used.
   */
  public final void freeze(Predicate<String> names) {
    forEachPart(
        "",
        (prefix, part) ->
            part.variables()
                .forEach(
                    (local, variable) -> {
                      if (names.test(prefix + local)) {
                        variable.setFrozen(true);
                      }
                    }));
  }

  // ---- the form -------------------------------------------------------------------------------

  /**
   * All the settings that its function follows from, for {@link io.github.trimaran.nn.forms.Forms}
   * to write; none, unless it overrides this. How first weights are drawn is not part of it.
   */
  public Form form() {
    return Form.none();
  }

  // ---- printing -------------------------------------------------------------------------------

  /** What tells it from others of its kind, for printing: {@code "3, 32, kernel 7 x 7"}. */
  protected String describe() {
    return "";
  }

  /** The tree of its parts, a line each, as PyTorch prints it. */
  @Override
  public final String toString() {
    StringBuilder tree = new StringBuilder();
    print(tree, "");
    return tree.toString();
  }

  private void print(StringBuilder tree, String indent) {
    tree.append(kind()).append('(').append(describe());
    children.forEach(
        (local, part) -> {
          tree.append("\n  ").append(indent).append('(').append(local).append("): ");
          ((ModelTree) part).print(tree, indent + "  ");
        });
    tree.append(children.isEmpty() ? ")" : "\n" + indent + ")");
  }
}
