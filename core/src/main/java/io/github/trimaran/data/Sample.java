package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One sample as named arrays on the host, without an axis for the batch.
 *
 * <pre>{@code
 * Sample image = Sample.of(pixels, 3);                        // "input" [C, H, W], "target" []
 * Sample house = Sample.of(features, price);                  // "input" [D], "target" [1]
 * Sample pair = Sample.of(Map.of("left", letters, "right", digits));     // whatever an objective asks for
 * }</pre>
 *
 * <p>The names that the library itself uses are those of {@link Batch}.
 */
public final class Sample extends NamedArrays {

  private Sample(Map<String, HostArray> arrays) {
    super("sample", arrays);
  }

  /** These arrays; every sample of a set has the same names. */
  public static Sample of(Map<String, HostArray> arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("sample: needs at least one array");
    }
    return new Sample(arrays);
  }

  /** An input and its target. */
  public static Sample of(HostArray input, HostArray target) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put(Batch.INPUT, input);
    arrays.put(Batch.TARGET, target);
    return new Sample(arrays);
  }

  /** An input and its class, INT64 {@code []}. */
  public static Sample of(HostArray input, long target) {
    return of(input, HostArray.of(new long[] {target}, Shape.scalar()));
  }

  /** The same with another array, or one in the place of that name. */
  public Sample with(String name, HostArray array) {
    return new Sample(arraysWith(name, array));
  }

  @Override
  public String toString() {
    return describe("sample:");
  }
}
