package io.github.trimaran.train;

import io.github.trimaran.nn.Layer;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * How a model scores images in evaluation: as they are, or as the mean over several views of each
 * (test-time augmentation).
 *
 * <pre>{@code
 * Supervised mirrored = Supervised.classification().scoring(Scoring.MIRRORED);
 * double accuracy = new Evaluator<>(mirrored).evaluate(model, test).accuracy();
 * }</pre>
 */
@FunctionalInterface
public interface Scoring {

  /** The images as they are. */
  Scoring PLAIN = Layer::forward;

  /** The mean of the scores of {@code [N, C, H, W]} images and of their mirror images. */
  Scoring MIRRORED =
      (model, images) -> model.forward(images).add(model.forward(images.flip(3))).mul(0.5);

  /**
   * Half by {@link #MIRRORED} and half by the same of the images moved by one pixel, up and left,
   * and down and right; edges are reflected (Jordan 2024, "94% on CIFAR-10 in 3.29 seconds").
   * {@link Views} has others.
   */
  Scoring MIRRORED_AND_MOVED =
      (model, images) ->
          MIRRORED
              .scores(model, images)
              .add(
                  new Views(List.of(new Views.Move(-1, -1), new Views.Move(1, 1)))
                      .scores(model, images))
              .mul(0.5);

  /** One score a class, {@code [N, K]}. */
  Tensor scores(Layer model, Tensor images);
}
