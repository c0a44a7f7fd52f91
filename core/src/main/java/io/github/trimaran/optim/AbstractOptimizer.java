package io.github.trimaran.optim;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An optimiser that treats each parameter by itself. It says how one is updated, and which tensors
 * of its shape are remembered of it, its slots; weight decay, frozen parameters, counting and
 * saving are done here.
 *
 * <pre>{@code
 * final class SignSgd extends AbstractOptimizer<SignSgd> {
 *   SignSgd(List<Parameter> parameters, LearningRate rate) { super(parameters, rate); }
 *   private SignSgd(SignSgd other) { super(other); }
 *   protected SignSgd copy() { return new SignSgd(this); }
 *   protected void update(Parameter parameter, Tensor gradient, Turn turn) {
 *     move(parameter, gradient.sign().mul(turn.rate()), turn);
 *   }
 * }
 *
 * Optimizer sign = new SignSgd(model.parameters(), rate).weightDecay(1e-4).decoupled();
 * }</pre>
 *
 * <p>Settings are changed by methods that return a changed copy, before the first step. All have
 * weight decay the same way: {@link #weightDecay} says how much, {@link #decoupled} in which form,
 * {@link #decaying} and {@link #decayingAll} of which parameters. A frozen parameter is left alone:
 * no step, no decay, and what is remembered of it stays as it is.
 *
 * @param <O> the optimiser itself, so that its copies are of its class
 */
public abstract class AbstractOptimizer<O extends AbstractOptimizer<O>> implements Optimizer {

  /**
   * The update under way.
   *
   * @param rate the learning rate
   * @param step how many steps the optimiser took before: where its schedules are
   * @param t how often this parameter was updated, with this time; less than the steps if it was
   *     frozen for a while
   * @param decay the decoupled decay of this parameter, 0 for none; coupled decay is in the
   *     gradient already
   */
  protected record Turn(double rate, long step, long t, double decay) {

    /** Public so that optimisers of other packages can make one, for their tests. */
    public Turn {}
  }

  /** What {@link #update} is given. */
  protected record Update(Parameter parameter, Tensor gradient, Turn turn) {

    /** Public so that optimisers of other packages can make one. */
    public Update {}
  }

  /** What is remembered of a parameter. */
  private static final class Memory {
    private final Map<String, Tensor> slots = new LinkedHashMap<>();
    private long updates;
  }

  private static final String STEP = "step";

  private final List<Parameter> parameters;
  private final LearningRate learningRate;
  private final Map<Parameter, String> keys;
  private final Map<Parameter, Memory> memories = new HashMap<>();
  private Decay decay;
  private long steps;

  /** Without weight decay. */
  protected AbstractOptimizer(List<Parameter> parameters, LearningRate learningRate) {
    this(parameters, learningRate, Decay.NONE);
  }

  AbstractOptimizer(List<Parameter> parameters, LearningRate learningRate, Decay decay) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(kind() + ": there are no parameters");
    }
    this.parameters = List.copyOf(parameters);
    this.keys = StateKeys.of(kind(), this.parameters);
    this.learningRate = learningRate;
    this.decay = decay;
  }

  /** With the settings of another, but nothing of what it remembers. */
  protected AbstractOptimizer(AbstractOptimizer<O> other) {
    parameters = other.parameters;
    keys = other.keys;
    learningRate = other.learningRate;
    decay = other.decay;
  }

  // ---- for subclasses -------------------------------------------------------------------------

  /** A new optimiser with the same settings. */
  protected abstract O copy();

  /** What is remembered of each parameter; nothing unless overridden. */
  protected List<String> slotNames() {
    return List.of();
  }

  /** What a slot is filled with before the first update; 0 unless overridden. */
  protected double slotStart(String slotName) {
    return 0;
  }

  /** Changes one parameter, in place. */
  protected abstract void update(Parameter parameter, Tensor gradient, Turn turn);

  /**
   * Changes all parameters that are not frozen, in place: each by itself unless overridden, which
   * is for what is quicker done of several together. {@link #update} can then hand over a list of
   * one.
   *
   * @param updates in the order of the parameters; none if all are frozen
   */
  protected void updateAll(List<Update> updates) {
    updates.forEach(each -> update(each.parameter(), each.gradient(), each.turn()));
  }

  /** A copy with a changed setting. */
  protected final O changed(Consumer<O> change) {
    if (steps > 0) {
      throw new IllegalStateException(
          kind() + ": settings can only be changed before the first step");
    }
    O copy = copy();
    change.accept(copy);
    return copy;
  }

  /** What is remembered of a parameter under that name; to be changed in place. */
  protected final Tensor slot(Parameter parameter, String slotName) {
    return memories.get(parameter).slots.get(slotName);
  }

  /** {@code w = (1 - rate * decay) * w - change}, the end of most updates. */
  protected static void move(Parameter parameter, Tensor change, Turn turn) {
    Tensor w = parameter.tensor();
    Tensor kept = turn.decay() == 0 ? w : w.mul(1 - turn.rate() * turn.decay());
    w.assign(kept.sub(change));
  }

  final String kind() {
    return getClass().getSimpleName();
  }

  // ---- weight decay ---------------------------------------------------------------------------

  /**
   * The same with weight decay, at least 0. Coupled decay is that of the loss {@code 0.5 * value *
   * ||w||^2}: {@code value * w} is added to the gradient, before anything is made of it. {@link
   * #decoupled} decay takes off {@code rate * value * w}, whatever the gradient is. It is for
   * weights, not biases and normalisations, unless that is changed.
   */
  public final O weightDecay(double value) {
    Settings.requireNotNegative(kind() + ": weight decay", value);
    return decaying(decay.of(value));
  }

  /** The same with the decay apart from the gradient (Loshchilov and Hutter 2019). */
  public final O decoupled() {
    return decaying(decay.apart());
  }

  /** The same with the decay of all parameters, as PyTorch has it without parameter groups. */
  public final O decayingAll() {
    return decaying(parameter -> true);
  }

  /** The same with the decay of these parameters only. */
  public final O decaying(Predicate<Parameter> which) {
    return decaying(decay.on(which));
  }

  private O decaying(Decay other) {
    return changed(copy -> ((AbstractOptimizer<O>) copy).decay = other);
  }

  // ---- steps ----------------------------------------------------------------------------------

  @Override
  public final List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public final void step(List<Tensor> gradients) {
    FittingGradients.require(kind(), parameters, gradients);
    double rate = learningRate();
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the optimiser's step")) {
      List<Update> updates = new ArrayList<>();
      for (int i = 0; i < gradients.size(); i++) {
        if (!parameters.get(i).isFrozen()) {
          updates.add(next(parameters.get(i), gradients.get(i), rate));
        }
      }
      updateAll(updates);
    }
    steps++;
  }

  private Update next(Parameter parameter, Tensor gradient, double rate) {
    Memory memory = memories.computeIfAbsent(parameter, this::firstMemory);
    memory.updates++;
    double coupled = decay.coupled(parameter);
    Tensor total = coupled == 0 ? gradient : gradient.add(parameter.tensor().mul(coupled));
    Turn turn = new Turn(rate, steps, memory.updates, decay.decoupled(parameter));
    return new Update(parameter, total, turn);
  }

  private Memory firstMemory(Parameter parameter) {
    Tensor value = parameter.tensor();
    Memory memory = new Memory();
    for (String slotName : slotNames()) {
      memory.slots.put(
          slotName,
          Tensor.full(value.backend(), value.shape(), value.dtype(), slotStart(slotName)));
    }
    memory.slots.values().forEach(Tensor::persist); // not before all of them could be made
    return memory;
  }

  @Override
  public final long steps() {
    return steps;
  }

  @Override
  public final double learningRate() {
    return learningRate.at(steps);
  }

  /** {@code "Adam of 4 parameters, learning rate 0.001, 12 steps"}. */
  @Override
  public String toString() {
    return kind()
        + " of "
        + parameters.size()
        + " parameters, learning rate "
        + learningRate()
        + ", "
        + steps
        + (steps == 1 ? " step" : " steps");
  }

  // ---- state ----------------------------------------------------------------------------------

  @Override
  public final StateDict state() {
    Map<String, HostArray> values = new LinkedHashMap<>();
    values.put(STEP, count(steps));
    for (Parameter parameter : parameters) {
      Memory memory = memories.get(parameter);
      if (memory != null) {
        String prefix = keys.get(parameter) + ".";
        values.put(prefix + STEP, count(memory.updates));
        memory.slots.forEach((slotName, slot) -> values.put(prefix + slotName, slot.toHost()));
      }
    }
    return StateDict.of(values);
  }

  private static HostArray count(long value) {
    return HostArray.of(new long[] {value}, Shape.scalar());
  }

  @Override
  public final void restore(StateDict state) {
    state.requireMatch(kind(), expectedIn(state));
    close();
    steps = state.get(STEP).longs()[0];
    for (Parameter parameter : parameters) {
      if (isIn(state, parameter)) {
        memories.put(parameter, savedMemory(parameter, state));
      }
    }
  }

  private Memory savedMemory(Parameter parameter, StateDict state) {
    Tensor value = parameter.tensor();
    String prefix = keys.get(parameter) + ".";
    Memory memory = new Memory();
    memory.updates = state.get(prefix + STEP).longs()[0];
    for (String slotName : slotNames()) {
      HostArray saved = state.get(prefix + slotName).to(value.dtype());
      memory.slots.put(slotName, Tensor.of(value.backend(), saved).persist());
    }
    return memory;
  }

  /** A parameter that was never updated is not in it. */
  private boolean isIn(StateDict state, Parameter parameter) {
    return state.contains(keys.get(parameter) + "." + STEP);
  }

  private Map<String, Shape> expectedIn(StateDict state) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put(STEP, Shape.scalar());
    for (Parameter parameter : parameters) {
      if (isIn(state, parameter)) {
        expected.put(keys.get(parameter) + "." + STEP, Shape.scalar());
        for (String slotName : slotNames()) {
          expected.put(keys.get(parameter) + "." + slotName, parameter.tensor().shape());
        }
      }
    }
    return expected;
  }

  @Override
  public final void close() {
    for (Memory memory : memories.values()) {
      memory.slots.values().forEach(slot -> slot.close("the close of the optimiser"));
    }
    memories.clear();
  }
}
