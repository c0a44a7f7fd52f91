package io.github.trimaran.benchmarks.comparison;

import java.nio.file.Path;
import java.util.function.ToIntFunction;

/** The five tasks. Each but the last goes on with the network of the first. */
interface Library {

  /**
   * Trains a small convolutional network for two epochs.
   *
   * @return its accuracy on the test digits
   */
  double trainDigits(Digits train, Digits test) throws Exception;

  /**
   * The same with a layer of one's own in place of ReLU: {@code x sigmoid(b x)} with a learnt b.
   *
   * @return the accuracy after one epoch
   */
  double ownLayer(Digits train, Digits test) throws Exception;

  /**
   * Gives the trained network a new head for other labels and trains that alone for an epoch.
   *
   * @return the accuracy
   */
  double fineTune(Digits train, Digits test) throws Exception;

  /**
   * Saves the trained network, loads it, and answers with it.
   *
   * @return from a picture to a digit, for any number of threads
   */
  ToIntFunction<float[]> serve(Path folder) throws Exception;

  /**
   * Loads a linear layer that PyTorch has saved, and runs it.
   *
   * @param file in the form that the library reads
   */
  float[] loadWeights(Path file, float[] input) throws Exception;

  /** What {@link #loadWeights} reads: {@code pth}, {@code safetensors} or {@code npy}. */
  String formOfWeights();
}
