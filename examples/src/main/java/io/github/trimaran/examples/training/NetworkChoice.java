package io.github.trimaran.examples.training;

import io.github.trimaran.data.Dataset;
import java.io.Serializable;

/**
 * A network and its sizes, before it is known what images it will see.
 *
 * <pre>{@code
 * NetworkChoice net = NetworkChoice.of(Networks.BASIC).filters(32).filterSize(7).hidden(100);
 * }</pre>
 *
 * @param network which
 * @param filters of the (first) convolution
 * @param filterSize rows and columns of a filter
 * @param hidden neurons of the hidden layer
 * @param weightScale standard deviation of the first weights; null to follow Glorot and Bengio
 */
public record NetworkChoice(
    Networks network, int filters, int filterSize, int hidden, Double weightScale)
    implements Serializable {

  /** Checks each number by itself; errors name the option that it may come from. */
  public NetworkChoice {
    Experiment.requireAtLeast("--filters", 1, filters);
    Experiment.requireAtLeast("--filter-size", 1, filterSize);
    Experiment.requireAtLeast("--hidden", 1, hidden);
    if (weightScale != null) {
      Experiment.requirePositive("--weight-scale", weightScale);
    }
  }

  /** With the course's sizes: 32 filters of 7 x 7, 100 hidden neurons. */
  public static NetworkChoice of(Networks network) {
    return new NetworkChoice(network, 32, 7, 100, null);
  }

  /** Another network of the same sizes. */
  public NetworkChoice network(Networks other) {
    return new NetworkChoice(other, filters, filterSize, hidden, weightScale);
  }

  /** With so many filters. */
  public NetworkChoice filters(int count) {
    return new NetworkChoice(network, count, filterSize, hidden, weightScale);
  }

  /** With filters of so many rows and columns. */
  public NetworkChoice filterSize(int size) {
    return new NetworkChoice(network, filters, size, hidden, weightScale);
  }

  /** With so many neurons in the hidden layer. */
  public NetworkChoice hidden(int count) {
    return new NetworkChoice(network, filters, filterSize, count, weightScale);
  }

  /** A quarter as wide, but for the size of the filters. */
  NetworkChoice quarter() {
    return filters(Math.max(1, filters / 4)).hidden(Math.max(1, hidden / 4));
  }

  /** For images like these. */
  NetworkSettings settings(Dataset images) {
    return new NetworkSettings(
        network, images.imageShape(), images.classNames(), filters, filterSize, hidden);
  }
}
