package io.github.trimaran.examples.training;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Values;

/** The declared space of architectures and hyperparameters for a {@link ConvNet}. */
public final class ConvNetSpace {

  /** Multiplications with additions for one image: more than this is too slow for a search. */
  public static final long MOST_MULTIPLY_ADDS = 20_000_000;

  private ConvNetSpace() {}

  /** The space for images of this shape and so many classes. */
  public static Space space(Shape image, int classes) {
    return Space.builder()
        .oneOf("filters", 8L, 16L, 24L, 32L)
        .oneOf("filter_size", 3L, 5L)
        .oneOf("depth", 1L, 2L, 3L)
        .oneOf("hidden", 64L, 128L, 256L, 512L)
        .oneOf("batch_norm", false, true)
        .oneOf("dropout", 0.0, 0.2, 0.4)
        .oneOf("augment", "none", "flip", "flip-crop")
        .logUniform("learning_rate", 5e-4, 1e-2)
        .logUniform("reg", 1e-4, 1e-1)
        .limit(
            values ->
                candidate(values, image, classes).network().multiplyAdds() <= MOST_MULTIPLY_ADDS)
        .build();
  }

  /** What these values of the space mean. */
  public static ConvNetTraining.Candidate candidate(Values values, Shape image, int classes) {
    ConvNet.Settings network =
        new ConvNet.Settings(
            image,
            values.integer("depth"),
            values.integer("filters"),
            values.integer("filter_size"),
            values.integer("hidden"),
            classes,
            values.flag("batch_norm"),
            values.number("dropout"));
    return new ConvNetTraining.Candidate(
        network, values.number("learning_rate"), values.number("reg"), values.word("augment"));
  }
}
