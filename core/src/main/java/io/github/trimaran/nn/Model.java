package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.MetaBackend;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A tree of named parts with parameters and buffers, and a function of any form: several tensors
 * in, several out. A function from one tensor to one is the common case, {@link Layer}.
 *
 * <pre>{@code
 * final class TwoTowers extends Model {
 *   private final Linear left = child("left", new Linear(8, 4));
 *   private final Linear right = child("right", new Linear(6, 4));
 *
 *   Tensor forward(Tensor a, Tensor b, Mode mode) {
 *     return run(mode, () -> left.forward(a, mode).mul(right.forward(b, mode)).sum(-1));
 *   }
 * }
 *
 * TwoTowers model = new TwoTowers();
 * model.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor score = model.forward(a, b, Mode.EVAL);
 * }</pre>
 *
 * <p>Models are built without a backend: {@link #init} on the outermost one draws the first values
 * of all parameters and puts them on one. A model declares its {@link #parameter}s, {@link
 * #buffer}s and {@link #child}ren when it is made, and computes inside {@link #run}, so that errors
 * and profiles say which part of which model was at work.
 */
public abstract class Model extends ModelTree implements AutoCloseable {

  /** What a function gives that is more than one tensor, so that an observer sees them all. */
  public interface Outputs {

    /** The tensors, the main one first. */
    List<Tensor> tensors();
  }

  private boolean frozen;
  private Backend<?> backend;
  private DType dtype;

  /** For subclasses. */
  protected Model() {}

  // ---- first values ---------------------------------------------------------------------------

  /**
   * Draws the first values of all parameters, on the host, and puts them on the backend. Each is
   * drawn from its own generator, which follows from {@code rng}'s state and the parameter's dotted
   * name, so the same seed gives the same model on every backend, and another layer changes nothing
   * for the others.
   *
   * @throws IllegalStateException if the model is initialised already
   */
  public final void init(Backend<?> targetBackend, DType targetDType, Rng rng) {
    place(targetBackend, targetDType, (path, variable) -> variable.draw(rng.fork(path)));
  }

  /**
   * Puts saved values on the backend, converted to {@code targetDType}, instead of drawing them.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape
   * @throws IllegalStateException if the model is initialised already
   */
  public final void init(Backend<?> targetBackend, DType targetDType, StateDict values) {
    StateDict own = state().complete(values);
    own.requireMatch(kind(), shapes());
    place(targetBackend, targetDType, (path, variable) -> own.get(path));
  }

  private interface Source {
    HostArray values(String path, Variable variable);
  }

  private void place(Backend<?> targetBackend, DType targetDType, Source source) {
    if (!targetDType.isFloating()) {
      throw new IllegalArgumentException(
          kind() + ": a model is of float32 or float64, not " + targetDType);
    }
    forEachPart(
        part -> {
          if (part.backend != null) {
            throw new IllegalStateException(part.kind() + ": already initialised");
          }
        });
    ModelState state = state();
    state
        .variables()
        .forEach(
            (path, variable) ->
                variable.create(targetBackend, targetDType, source.values(path, variable)));
    setPlace(targetBackend, targetDType);
  }

  private void setPlace(Backend<?> targetBackend, DType targetDType) {
    forEachPart(
        part -> {
          part.backend = targetBackend;
          part.dtype = targetDType;
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
  protected final void requireNotInitialised(String setting) {
    if (backend != null) {
      throw new IllegalStateException(
          kind() + ": " + setting + " can only be set before the model is initialised");
    }
  }

  // ---- parameters and buffers -----------------------------------------------------------------

  private ModelState state() {
    return new ModelState(this);
  }

  /**
   * What is trained, with dotted names: its own parameters first, then its parts' in order. Frozen
   * ones are among them; a tied one is there once.
   */
  public final List<Parameter> parameters() {
    return state().parameters();
  }

  /** What is saved but not trained, by dotted name. */
  public final Map<String, Tensor> buffers() {
    return state().buffers();
  }

  /** How many numbers its parameters have. */
  public final long numParameters() {
    return state().variables().values().stream()
        .filter(Variable::isTrained)
        .mapToLong(variable -> variable.shape().size())
        .sum();
  }

  /** A copy of all parameters and buffers, by dotted name; what is tied is there once. */
  public final StateDict stateDict() {
    return state().toDict();
  }

  /**
   * Copies saved values into the parameters and buffers, converted to the model's dtype.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape;
   *     nothing is changed then
   */
  public final void loadStateDict(StateDict values) {
    requireInitialised();
    StateDict own = state().complete(values);
    own.requireMatch(kind(), shapes());
    state().load(own);
  }

  /**
   * Checks that saved values are exactly those of this model, which need not be initialised.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape
   */
  public final void requireMatch(StateDict values) {
    state().withoutTies(values).requireMatch(kind(), shapes());
  }

  /**
   * Copies those saved values that fit by name and shape, and leaves everything else as it is: for
   * a network with a new head. {@link StateDict#filter} and {@link StateDict#rename} help.
   *
   * @return what was loaded, and what did not match
   */
  public final LoadReport loadMatching(StateDict values) {
    requireInitialised();
    return state().loadMatching(state().withoutTies(values));
  }

  /** The shapes of all parameters and buffers, by dotted name. */
  public final Map<String, Shape> shapes() {
    return state().shapes();
  }

  // ---- the life of a model --------------------------------------------------------------------

  /**
   * Stops the training of this part: no gradients are computed for its parameters, optimisers leave
   * them alone, and its batch norms use and keep their running statistics.
   */
  public final void freeze() {
    setFrozen(true);
  }

  /** Undoes {@link #freeze}. */
  public final void unfreeze() {
    setFrozen(false);
  }

  private void setFrozen(boolean value) {
    forEachPart(
        part -> {
          part.frozen = value;
          part.variables().values().forEach(variable -> variable.setFrozen(value));
        });
  }

  /** Whether it is frozen. */
  public final boolean isFrozen() {
    return frozen;
  }

  /**
   * Makes two parameters one, such as a language model's embedding and its output weight: the first
   * uses the value of the second, gradients of both add up, and it is saved once, under the name
   * that comes first in the model. Files that hold both load.
   *
   * @param path the dotted name of the parameter that gives up its own value
   * @param sharedPath of the parameter whose value both have
   * @throws IllegalArgumentException if there is none of a name, or the shapes differ
   * @throws IllegalStateException if the model is initialised already
   */
  public final void tie(String path, String sharedPath) {
    requireNotInitialised("a tie of weights");
    variable(path).tieTo(kind(), path, variable(sharedPath), sharedPath);
  }

  /** The further names of tied parameters, each with the name that the value is saved under. */
  public final Map<String, String> ties() {
    return Collections.unmodifiableMap(state().ties());
  }

  private Variable variable(String path) {
    int dot = path.lastIndexOf('.');
    Model owner = dot < 0 ? this : part(path.substring(0, dot));
    Variable found = owner.variables().get(path.substring(dot + 1));
    if (found == null) {
      throw new IllegalArgumentException(
          kind() + ": no parameter '" + path + "'; there are " + shapes().keySet());
    }
    return found;
  }

  /**
   * Moves the values to another backend or dtype. Optimisers and averages made before hold state of
   * the old place; make them anew.
   */
  public final void to(Backend<?> targetBackend, DType targetDType) {
    requireInitialised();
    if (!targetDType.isFloating()) {
      throw new IllegalArgumentException(
          kind() + ": a model is of float32 or float64, not " + targetDType);
    }
    state().variables().values().forEach(variable -> variable.move(targetBackend, targetDType));
    setPlace(targetBackend, targetDType);
  }

  /**
   * Gives a model of the same form, not yet initialised, a copy of this one's values and of what is
   * frozen: {@code MyNet copy = net.copyTo(new MyNet(settings))}.
   *
   * @return {@code fresh}
   * @throws IllegalArgumentException if it is of another form
   */
  public final <M extends Model> M copyTo(M fresh) {
    return copyTo(fresh, backend(), dtype());
  }

  /** The same on another backend, or in another dtype. */
  public final <M extends Model> M copyTo(M fresh, Backend<?> targetBackend, DType targetDType) {
    requireInitialised();
    fresh.init(targetBackend, targetDType, stateDict());
    new ModelState(fresh).freezeLike(state());
    copyFrozen(this, fresh);
    return fresh;
  }

  private static void copyFrozen(Model from, Model to) {
    to.frozen = from.frozen;
    from.children()
        .forEach(
            (local, child) -> {
              if (to.children().containsKey(local)) {
                copyFrozen(child, to.children().get(local));
              }
            });
  }

  private void forEachPart(Consumer<Model> action) {
    forEachPart("", (prefix, part) -> action.accept(part));
  }

  /** Releases parameters and buffers. */
  @Override
  public final void close() {
    state().variables().values().forEach(v -> v.close("the close of the " + kind()));
  }

  // ---- looking at a model ---------------------------------------------------------------------

  /**
   * A table of all parts with the shapes they give and their parameters, of a model with weights or
   * without:
   *
   * <pre>{@code
   * System.out.println(model.summary((backend, mode) ->
   *     model.forward(Tensor.zeros(backend, Shape.of(1, 8), DType.FLOAT32), mode)));
   * }</pre>
   *
   * @param call calls the model's function on inputs that it makes on the backend it is given, with
   *     the mode it is given
   */
  public final String summary(BiConsumer<Backend<?>, Mode> call) {
    return isInitialised() ? Summary.of(this, call) : onMeta(() -> Summary.of(this, call));
  }

  /**
   * Computes while other tensors stand for the parameters and buffers, such as those of a backend
   * that records what is done with them. Afterwards the model is as it was. Nobody else may use it
   * meanwhile.
   *
   * <pre>{@code
   * Tensor y = model.with(recording, (name, value) -> recorder.parameter(name, value),
   *     () -> model.forward(x));
   * }</pre>
   *
   * @param other the backend of those tensors
   * @param values gives the tensor that stands for the one of that dotted name
   */
  public final <T> T with(
      Backend<?> other, BiFunction<String, Tensor, Tensor> values, Supplier<T> computation) {
    Backend<?> ownBackend = backend();
    DType ownDType = dtype();
    Map<Variable, Tensor> own = new IdentityHashMap<>();
    try {
      state()
          .variables()
          .forEach(
              (path, variable) -> {
                Tensor stand = values.apply(path, variable.tensor());
                own.put(variable, variable.exchange(stand));
              });
      setPlace(other, ownDType);
      return computation.get();
    } finally {
      setPlace(ownBackend, ownDType);
      own.forEach(Variable::exchange);
    }
  }

  /** Computes while the parameters have shapes only. */
  private String onMeta(Supplier<String> computation) {
    MetaBackend meta = new MetaBackend();
    Collection<Variable> all = state().variables().values();
    try {
      all.forEach(variable -> variable.createOn(meta));
      setPlace(meta, DType.FLOAT32);
      return computation.get();
    } finally {
      setPlace(null, null);
      all.forEach(Variable::forget);
    }
  }
}
