package io.github.trimaran.train.prediction;

import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.TensorBatch;
import java.util.List;

/**
 * How a model is asked that is not a function of one tensor to one.
 *
 * <pre>{@code
 * Inference<TwoTowers> scores =
 *     (model, batch) -> List.of(model.forward(batch.get("query"), batch.get("document"), Mode.EVAL));
 * PredictorSettings settings = PredictorSettings.standard().inference(TwoTowers.class, scores);
 * }</pre>
 *
 * @param <M> the kind of model
 */
@FunctionalInterface
public interface Inference<M extends Model> {

  /**
   * What the model gives for a batch, in evaluation: the main tensor first, each with the samples
   * along its first axis.
   */
  List<Tensor> of(M model, TensorBatch batch);
}
