package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;

/** The moves that a {@link Layout} is made of, on arrays or on tensors. */
interface Arranger<T> {

  T upload(HostArray values);

  T permute(T a, int... axes);

  T flip(T a, int... axes);

  T slice(T a, int[] start, int[] stop, int[] step);

  T stretch(T a, Shape shape);

  /** On a backend's arrays. Releases what a view was taken of at once: views must survive that. */
  static <A> Arranger<A> on(Backend<A> backend) {
    return new Arranger<>() {
      @Override
      public A upload(HostArray values) {
        return backend.fromHost(values);
      }

      @Override
      public A permute(A a, int... axes) {
        return instead(a, backend.permute(a, axes));
      }

      @Override
      public A flip(A a, int... axes) {
        return instead(a, backend.flip(a, axes));
      }

      @Override
      public A slice(A a, int[] start, int[] stop, int[] step) {
        return instead(a, backend.slice(a, start, stop, step));
      }

      @Override
      public A stretch(A a, Shape shape) {
        return instead(a, backend.broadcastTo(a, shape));
      }

      private A instead(A a, A view) {
        backend.release(a);
        return view;
      }
    };
  }

  /** On tensors, which the open scope releases. */
  static Arranger<Tensor> onTensors(Backend<?> backend) {
    return new Arranger<>() {
      @Override
      public Tensor upload(HostArray values) {
        return Tensor.of(backend, values);
      }

      @Override
      public Tensor permute(Tensor a, int... axes) {
        return a.permute(axes);
      }

      @Override
      public Tensor flip(Tensor a, int... axes) {
        return a.flip(axes);
      }

      @Override
      public Tensor slice(Tensor a, int[] start, int[] stop, int[] step) {
        return a.slice(start, stop, step);
      }

      @Override
      public Tensor stretch(Tensor a, Shape shape) {
        return a.broadcastTo(shape);
      }
    };
  }
}
