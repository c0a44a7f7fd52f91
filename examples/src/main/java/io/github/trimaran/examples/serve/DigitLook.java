package io.github.trimaran.examples.serve;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.prediction.Classified;
import java.util.List;

/**
 * What a network makes of a digit, and how.
 *
 * @param answer the classes and how probable each is
 * @param saliency how much the score of the answer depends on each pixel, {@code [H, W]}
 * @param layers what each layer gave, in order
 */
record DigitLook(Classified answer, HostArray saliency, List<Given> layers) {

  /**
   * What one layer gave.
   *
   * @param name of the layer
   * @param kind of layer
   * @param values {@code [C, H, W]} or {@code [N]}
   */
  record Given(String name, String kind, HostArray values) {}
}
