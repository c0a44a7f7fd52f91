package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;

/**
 * What flows along an edge of the graph: a tensor, or an array on the host, where shapes and
 * constants are worked out. Either becomes the other where an operator asks for it.
 *
 * <pre>{@code
 * Value shape = Value.of(HostArray.of(new long[] {2, 3}, Shape.of(2)));
 * }</pre>
 */
public final class Value {

  private final boolean known;
  private HostArray host;
  private Tensor tensor;

  private Value(HostArray host, Tensor tensor) {
    known = host != null;
    this.host = host;
    this.tensor = tensor;
  }

  /** An array that is known before anything is computed. */
  public static Value of(HostArray host) {
    return new Value(host, null);
  }

  /** A tensor. */
  public static Value of(Tensor tensor) {
    return new Value(null, tensor);
  }

  /** Whether it is known on the host, from constants and the shapes of inputs. */
  boolean isHost() {
    return known;
  }

  /** Its values on the host; read back if they were computed elsewhere. */
  HostArray host() {
    if (host == null) {
      host = tensor.toHost();
    }
    return host;
  }

  /** It on the backend; floats are of that dtype, as all of the model's. */
  public Tensor tensor(Backend<?> backend, DType dtype) {
    if (tensor == null) {
      boolean other = host.dtype().isFloating() && host.dtype() != dtype;
      tensor = Tensor.of(backend, other ? host.to(dtype) : host);
    }
    return tensor;
  }

  Shape shape() {
    return known ? host.shape() : tensor.shape();
  }

  DType dtype() {
    return known ? host.dtype() : tensor.dtype();
  }
}
