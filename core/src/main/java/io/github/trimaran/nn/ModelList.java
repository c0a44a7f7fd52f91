package io.github.trimaran.nn;

import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Models in a row, named by their position, {@code "0"}, {@code "1"}, ...; PyTorch's {@code
 * ModuleList}. It has no function of its own.
 *
 * <pre>{@code
 * final class Deep extends Model {
 *   private final ModelList<LSTM> layers =
 *       child("layers", new ModelList<>(6, i -> new LSTM(128, 128)));
 *
 *   Tensor forward(Tensor x, Mode mode) {
 *     return run(mode, () -> {
 *       Tensor y = x;
 *       for (LSTM layer : layers) {
 *         y = y.add(layer.forward(y, mode).output());
 *       }
 *       return y;
 *     });
 *   }
 * }
 * }</pre>
 *
 * @param <M> what kind of models
 */
public final class ModelList<M extends Model> extends Model implements Iterable<M> {

  private final List<M> models;

  /** These models. */
  public ModelList(List<M> models) {
    this.models = List.copyOf(models);
    for (int i = 0; i < models.size(); i++) {
      child(Integer.toString(i), models.get(i));
    }
  }

  /** That many models, each made from its position. */
  public ModelList(int count, IntFunction<M> make) {
    this(IntStream.range(0, count).mapToObj(make).toList());
  }

  /** How many there are. */
  public int size() {
    return models.size();
  }

  /** The model at a position. */
  public M get(int index) {
    return models.get(index);
  }

  @Override
  public Iterator<M> iterator() {
    return models.iterator();
  }
}
