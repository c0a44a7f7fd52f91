package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.collective.Pipeline;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * The sum of all workers' gradients. They are sent as they come, several small ones at once, while
 * the backward pass goes on (Li et al. 2020, "PyTorch Distributed", section 3.2).
 */
final class GradientSum {

  /** So many numbers are worth a trip round the ring. */
  private static final int BUCKET = 1 << 18;

  /** Gradients that travel together, one after the other. */
  private record Sent(List<Tensor> of, List<Tensor> like, HostArray values, Future<?> sum) {}

  private final Pipeline pipeline;
  private final List<Tensor> waiting = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>();
  private final List<HostArray> values = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private int numbers;

  /** Null for one worker, whose gradients are the sum. */
  GradientSum(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Takes the gradient of a parameter; all workers hand theirs over in the same order. */
  void add(Tensor parameter, Tensor gradient) {
    if (pipeline == null) {
      return;
    }
    if (!values.isEmpty() && values.get(0).dtype() != gradient.dtype()) {
      send();
    }
    waiting.add(parameter);
    gradients.add(gradient);
    values.add(gradient.toHost());
    numbers += gradient.shape().size();
    if (numbers >= BUCKET) {
      send();
    }
  }

  private void send() {
    if (values.isEmpty()) {
      return;
    }
    DType dtype = values.get(0).dtype();
    HostArray all = HostArray.zeros(Shape.of(numbers), dtype);
    int from = 0;
    for (HostArray one : values) {
      one.copyTo(0, all, from, one.shape().size());
      from += one.shape().size();
    }
    Future<?> sum =
        dtype == DType.FLOAT32
            ? pipeline.startAllReduce(all.floats())
            : pipeline.startAllReduce(all.doubles());
    sent.add(new Sent(List.copyOf(waiting), List.copyOf(gradients), all, sum));
    waiting.clear();
    gradients.clear();
    values.clear();
    numbers = 0;
  }

  /** The sums, by parameter; null for one worker. Waits for those that are under way. */
  Map<Tensor, Tensor> await() {
    if (pipeline == null) {
      return null;
    }
    send();
    Map<Tensor, Tensor> sums = new IdentityHashMap<>();
    for (Sent some : sent) {
      Pipeline.await(some.sum());
      int from = 0;
      for (int i = 0; i < some.of().size(); i++) {
        Tensor like = some.like().get(i);
        HostArray one = HostArray.zeros(like.shape(), like.dtype());
        some.values().copyTo(from, one, 0, one.shape().size());
        from += one.shape().size();
        sums.put(some.of().get(i), Tensor.of(like.backend(), one));
      }
    }
    sent.clear();
    return sums;
  }
}
