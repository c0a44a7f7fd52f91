package io.github.trimaran.tensor;

/**
 * Where in a model this thread computes, as {@code BasicConvNet/conv1}: for error messages and for
 * time by layer. Recorded operations remember it, so that their derivatives count for the same
 * layer.
 *
 * <pre>{@code
 * try (LayerPath here = LayerPath.enter("encoder")) {
 *   Tensor y = x.matmul(weight);    // an error here begins with "encoder"
 * }
 * }</pre>
 */
public final class LayerPath implements AutoCloseable {

  private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "");

  private final String previous;

  private LayerPath(String path) {
    previous = CURRENT.get();
    CURRENT.set(path);
  }

  /** Steps into a part of the model until closed. */
  public static LayerPath enter(String name) {
    String outer = CURRENT.get();
    return new LayerPath(outer.isEmpty() ? name : outer + "/" + name);
  }

  /** Goes to a place of the model remembered from {@link #current} until closed. */
  public static LayerPath at(String path) {
    return new LayerPath(path);
  }

  /** Where this thread is; empty outside a model. */
  public static String current() {
    return CURRENT.get();
  }

  @Override
  public void close() {
    CURRENT.set(previous);
  }
}
