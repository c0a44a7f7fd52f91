package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.StateDict;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.LayerPath;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A layer, or a whole model: a function of one tensor, with named parameters.
 *
 * <p>Layers are built without a backend. {@link #init} on the outermost one draws the first values
 * of all parameters and puts them on a backend:
 *
 * <pre>{@code
 * Sequential model = Sequential.of(
 *     Conv2d.of(1, 32, 7).padding(3), new ReLU(), MaxPool2d.of(2),
 *     new Flatten(), Linear.of(32 * 14 * 14, 10));
 * model.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor logits = model.forward(images);
 * }</pre>
 *
 * <p>A new kind of layer extends this class, declares its {@link #parameter}s, {@link #buffer}s and
 * {@link #child}ren in its constructor and implements {@link #compute}.
 */
public abstract class Layer implements AutoCloseable {

  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Layer> children = new LinkedHashMap<>();
  private String name = getClass().getSimpleName();
  private boolean attached;
  private Backend<?> backend;
  private DType dtype;

  /** For subclasses. */
  protected Layer() {}

  // ---- what a layer is made of ------------------------------------------------------------------

  /** Declares a value that is trained. */
  protected final Variable parameter(
      String localName, Parameter.Role role, Shape shape, Initializer initializer) {
    return declare(localName, new Variable(kind(), role, shape, initializer));
  }

  /** Declares a value that is saved but not trained, such as a running mean. */
  protected final Variable buffer(String localName, Shape shape, Initializer initializer) {
    return declare(localName, new Variable(kind(), null, shape, initializer));
  }

  private Variable declare(String localName, Variable variable) {
    requireFree(localName);
    variables.put(localName, variable);
    return variable;
  }

  /**
   * Declares a part of this layer.
   *
   * @return the same layer
   * @throws IllegalArgumentException if the name is taken, or the layer is already part of another
   */
  protected final <L extends Layer> L child(String localName, L layer) {
    requireFree(localName);
    Layer part = layer;
    if (part.attached || part == this) {
      throw new IllegalArgumentException(
          kind() + ": '" + localName + "' is already part of a model; make a new layer");
    }
    part.attached = true;
    part.name = localName;
    children.put(localName, part);
    return layer;
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
  public final Map<String, Layer> children() {
    return Collections.unmodifiableMap(children);
  }

  /** What kind of layer it is: the name of its class. */
  public final String kind() {
    return getClass().getSimpleName();
  }

  /** Its name within the layer it is part of; its kind if it is part of none. */
  public final String name() {
    return name;
  }

  // ---- running
  // ----------------------------------------------------------------------------------

  /** The layer's function, for evaluation. */
  public final Tensor forward(Tensor x) {
    return forward(x, Mode.EVAL);
  }

  /**
   * The layer's function.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit, naming the layer of the model
   * @throws IllegalStateException if the model is not initialised
   */
  public final Tensor forward(Tensor x, Mode mode) {
    return run(mode, () -> compute(x, mode));
  }

  /** Computes as this layer: errors and profiles count for it. */
  final Tensor run(Mode mode, Supplier<Tensor> computation) {
    try (LayerPath path = LayerPath.enter(name)) {
      try {
        Tensor output = computation.get();
        mode.observe(LayerPath.current(), this, output);
        return output;
      } catch (LayerException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new LayerException(e, LayerPath.current());
      }
    }
  }

  /** The layer's function; {@link #forward} calls it. */
  protected abstract Tensor compute(Tensor x, Mode mode);

  // ---- parameters and buffers -------------------------------------------------------------------

  /**
   * Draws the first values of all parameters, on the host, and puts them on the backend. Each is
   * drawn from its own generator, which follows from {@code rng}'s state and the parameter's dotted
   * name, so the same seed gives the same model on every backend, and another layer changes nothing
   * for the others.
   *
   * @throws IllegalStateException if the model is initialised already
   */
  public final void init(Backend<?> targetBackend, DType targetDType, Rng rng) {
    init(targetBackend, targetDType, (path, variable) -> variable.draw(rng.fork(path)));
  }

  /**
   * Puts saved values on the backend, converted to {@code targetDType}, instead of drawing them.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape
   * @throws IllegalStateException if the model is initialised already
   */
  public final void init(Backend<?> targetBackend, DType targetDType, StateDict values) {
    values.requireMatch(kind(), shapes());
    init(targetBackend, targetDType, (path, variable) -> values.get(path));
  }

  private interface Source {
    HostArray values(String path, Variable variable);
  }

  private void init(Backend<?> targetBackend, DType targetDType, Source source) {
    if (!targetDType.isFloating()) {
      throw new IllegalArgumentException(
          kind() + ": a model is of float32 or float64, not " + targetDType);
    }
    forEachLayer(
        "",
        (prefix, layer) -> {
          if (layer.backend != null) {
            throw new IllegalStateException(layer.kind() + ": already initialised");
          }
        });
    forEachLayer(
        "",
        (prefix, layer) -> {
          layer.backend = targetBackend;
          layer.dtype = targetDType;
          layer.variables.forEach(
              (local, variable) ->
                  variable.create(
                      targetBackend, targetDType, source.values(prefix + local, variable)));
        });
  }

  /** Whether {@link #init} was called. */
  public final boolean isInitialised() {
    return backend != null;
  }

  /** The backend it was initialised on. */
  public final Backend<?> backend() {
    requireInitialised();
    return backend;
  }

  /** The dtype it was initialised with. */
  public final DType dtype() {
    requireInitialised();
    return dtype;
  }

  private void requireInitialised() {
    if (backend == null) {
      throw new IllegalStateException(
          kind() + ": not initialised; call init(backend, dtype, rng) first");
    }
  }

  /** For methods that return a changed copy: they make no sense once there are weights. */
  final void requireNotInitialised(String setting) {
    if (backend != null) {
      throw new IllegalStateException(
          kind() + ": " + setting + " can only be set before the layer is initialised");
    }
  }

  /** What is trained, with dotted names: its own parameters first, then its parts' in order. */
  public final List<Parameter> parameters() {
    List<Parameter> found = new ArrayList<>();
    forEachVariable(
        (path, variable) -> {
          if (variable.role() != null) {
            found.add(new Parameter(path, variable.role(), variable.tensor()));
          }
        });
    return found;
  }

  /** What is saved but not trained, by dotted name. */
  public final Map<String, Tensor> buffers() {
    Map<String, Tensor> found = new LinkedHashMap<>();
    forEachVariable(
        (path, variable) -> {
          if (variable.role() == null) {
            found.put(path, variable.tensor());
          }
        });
    return found;
  }

  /** How many numbers are trained. */
  public final long numParameters() {
    long[] count = new long[1];
    forEachVariable(
        (path, variable) -> count[0] += variable.role() == null ? 0 : variable.shape().size());
    return count[0];
  }

  /** A copy of all parameters and buffers, by dotted name. */
  public final StateDict stateDict() {
    return StateDict.of(map(variable -> variable.tensor().toHost()));
  }

  /**
   * Copies saved values into the parameters and buffers, converted to the model's dtype.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape;
   *     nothing is changed then
   */
  public final void loadStateDict(StateDict values) {
    requireInitialised();
    values.requireMatch(kind(), shapes());
    forEachVariable(
        (path, variable) -> {
          try (Scope scope = Scope.open("the loading of weights")) {
            variable.tensor().assign(Tensor.of(backend, values.get(path).to(dtype)));
          }
        });
  }

  /** The shapes of all parameters and buffers, by dotted name. */
  public final Map<String, Shape> shapes() {
    return map(Variable::shape);
  }

  private <T> Map<String, T> map(Function<Variable, T> value) {
    Map<String, T> values = new LinkedHashMap<>();
    forEachVariable((path, variable) -> values.put(path, value.apply(variable)));
    return values;
  }

  private void forEachVariable(BiConsumer<String, Variable> action) {
    forEachLayer(
        "",
        (prefix, layer) ->
            layer.variables.forEach((local, variable) -> action.accept(prefix + local, variable)));
  }

  private void forEachLayer(String prefix, BiConsumer<String, Layer> action) {
    action.accept(prefix, this);
    children.forEach((local, layer) -> layer.forEachLayer(prefix + local + ".", action));
  }

  /**
   * A table of all layers with the shapes they give and their parameters.
   *
   * @param input the shape of a batch, such as {@code [1, 3, 32, 32]}
   */
  public final String summary(Shape input) {
    return Summary.of(this, input);
  }

  /** Releases parameters and buffers. */
  @Override
  public final void close() {
    forEachVariable((path, variable) -> variable.close("the close of the " + kind()));
  }
}
