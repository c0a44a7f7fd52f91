package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * A batch's arrays as tensors on the backend of a model, floats in its dtype. Each is uploaded when
 * it is first asked for, and belongs to the scope of the training step.
 *
 * <pre>{@code
 * Objective<Translator> objective = (model, batch, mode) -> {
 *   Tensor logits = model.forward(batch.get("source"), batch.get("prefix"), mode);
 *   return Outcome.of(new CrossEntropyLoss().of(logits, batch.target()));
 * };
 * }</pre>
 */
public final class TensorBatch {

  private final Batch batch;
  private final Backend<?> backend;
  private final DType dtype;
  private final Map<String, Tensor> tensors = new HashMap<>();

  /** For that model. */
  public TensorBatch(Batch batch, Model model) {
    this(batch, model.backend(), model.dtype());
  }

  private TensorBatch(Batch batch, Backend<?> backend, DType dtype) {
    this.batch = batch;
    this.backend = backend;
    this.dtype = dtype;
  }

  /** The number of samples. */
  public int size() {
    return batch.size();
  }

  /** Whether there is an array of that name. */
  public boolean has(String name) {
    return batch.has(name);
  }

  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public Tensor get(String name) {
    return tensors.computeIfAbsent(name, wanted -> upload(batch.get(wanted)));
  }

  /** The array {@link Batch#INPUT}. */
  public Tensor input() {
    return get(Batch.INPUT);
  }

  /** The array {@link Batch#TARGET}. */
  public Tensor target() {
    return get(Batch.TARGET);
  }

  /** The samples at these places, see {@link Batch#rows}. */
  public TensorBatch rows(int... places) {
    return new TensorBatch(batch.rows(places), backend, dtype);
  }

  /** The same samples on the backend of another model, uploaded anew. */
  TensorBatch on(Model model) {
    return new TensorBatch(batch, model);
  }

  private Tensor upload(HostArray values) {
    Tensor tensor = Tensor.of(backend, values);
    return values.dtype().isFloating() ? tensor.to(dtype) : tensor;
  }

  @Override
  public String toString() {
    return batch.toString();
  }
}
