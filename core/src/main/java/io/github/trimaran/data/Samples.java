package io.github.trimaran.data;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set: samples by number, from 0. What PyTorch calls a map-style dataset; {@link
 * #of(HostArray, HostArray)} is its {@code TensorDataset}.
 *
 * <pre>{@code
 * Samples rows = Samples.of(features, prices);              // [N, D] and [N, 1]
 * Samples own = Samples.of(files.size(), i -> Sample.of(decode(files.get(i)), i % 10));
 * DataLoader batches = new DataLoader(own, 32).shuffle(Rng.seeded(1)).workers(2);
 * }</pre>
 *
 * <p>A sample may be asked for at any time, more than once, and from several threads at once; its
 * values may be shared and are not to be changed. {@link SampleStream} is for what can only be read
 * from front to back.
 */
public interface Samples {

  /** How a sample is made. */
  @FunctionalInterface
  interface Getter {
    /** Sample {@code index}, from 0. */
    Sample get(int index) throws IOException;
  }

  /** The number of samples. */
  int size();

  /**
   * Sample {@code index}, from 0.
   *
   * @throws IOException if it cannot be read; the line names its file
   */
  Sample get(int index) throws IOException;

  /** That many samples, each made when it is asked for. */
  static Samples of(int size, Getter getter) {
    if (size < 0) {
      throw new IllegalArgumentException("samples: size must be at least 0, is " + size);
    }
    return new Samples() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Sample get(int index) throws IOException {
        return getter.get(index);
      }
    };
  }

  /** These samples. */
  static Samples of(List<Sample> samples) {
    List<Sample> copy = List.copyOf(samples);
    return of(copy.size(), copy::get);
  }

  /** Inputs and targets, both with the samples along the first axis. */
  static Samples of(HostArray input, HostArray target) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put(Batch.INPUT, input);
    arrays.put(Batch.TARGET, target);
    return of(arrays);
  }

  /**
   * Arrays that all have the samples along the first axis; kept and not copied.
   *
   * @throws IllegalArgumentException if they are not of the same number of samples
   */
  static Samples of(Map<String, HostArray> arrays) {
    return new ArraySamples(arrays);
  }

  /** The samples at these positions, in their order; one may come more than once. */
  default Samples select(int... indices) {
    int[] chosen = indices.clone();
    for (int index : chosen) {
      if (index < 0 || index >= size()) {
        throw new IllegalArgumentException(
            "samples: there is no sample " + index + ", there are " + size());
      }
    }
    return of(chosen.length, i -> get(chosen[i]));
  }

  /**
   * The samples from {@code from} up to, without, {@code to}.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  default Samples range(int from, int to) {
    if (from < 0 || from > to || to > size()) {
      throw new IllegalArgumentException(
          "samples: " + from + " to " + to + " asked for, there are " + size());
    }
    return of(to - from, i -> get(from + i));
  }

  /** The first {@code count} samples. */
  default Samples take(int count) {
    return range(0, count);
  }

  /** These samples, then those. */
  default Samples concat(Samples next) {
    int first = size();
    return of(Math.addExact(first, next.size()), i -> i < first ? get(i) : next.get(i - first));
  }

  /**
   * The same with a weight each, by which its loss is multiplied: {@link Batch#WEIGHTS}.
   *
   * <pre>{@code
   * Samples even = samples.weighted(ClassWeights.balanced(samples.labels()));
   * }</pre>
   *
   * @param weights one a sample
   */
  default Samples weighted(double... weights) {
    if (weights.length != size()) {
      throw new IllegalArgumentException(
          "samples: " + weights.length + " weights do not go with " + size() + " samples");
    }
    HostArray column = HostArray.of(weights.clone(), Shape.of(size())).to(DType.FLOAT32);
    return of(size(), i -> get(i).with(Batch.WEIGHTS, column.row(i)));
  }

  /**
   * The classes of all samples, {@code [N]}, for splits and weights by class. Each sample is made
   * for it, unless the set knows better.
   *
   * @throws IllegalArgumentException if the targets are not INT64 of one value
   */
  default int[] labels() throws IOException {
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) get(i).target().reshape(Shape.scalar()).longs()[0];
    }
    return labels;
  }
}
