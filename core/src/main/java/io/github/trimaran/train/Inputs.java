package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.tensor.Tensor;

/** Batches on a model's backend, floats in its dtype. */
final class Inputs {

  private Inputs() {}

  static Tensor images(Layer model, Batch batch) {
    return upload(model, batch.images());
  }

  static Tensor labels(Layer model, Batch batch) {
    return upload(model, batch.labels());
  }

  static Tensor targets(Layer model, Batch batch) {
    return upload(model, batch.targets());
  }

  private static Tensor upload(Layer model, HostArray values) {
    Tensor tensor = Tensor.of(model.backend(), values);
    return values.dtype().isFloating() ? tensor.to(model.dtype()) : tensor;
  }
}
