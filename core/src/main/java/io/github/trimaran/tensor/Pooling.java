package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MaxPooled;
import java.util.Optional;

/** Two-dimensional pooling of {@code [N, C, H, W]} to {@code [N, C, OH, OW]}. */
public final class Pooling {

  private Pooling() {}

  /** The mean under each window. */
  public static Tensor avgPool2d(Tensor input, Pool2dGeometry geometry) {
    Op.requireFloating("avgPool2d", input);
    Shape shape = geometry.outputShape(input.shape());
    return Op.record(
        "avgPool2d",
        input.backend().avgPool2d(input.array(), geometry),
        shape,
        input.dtype(),
        Rule.each(g -> avgPool2dGrad(g, input.shape(), geometry)),
        input);
  }

  /** The adjoint of {@link #avgPool2d}; the adjoint of that is average pooling again. */
  private static Tensor avgPool2dGrad(Tensor g, Shape inputShape, Pool2dGeometry geometry) {
    return Op.record(
        "avgPool2dGrad",
        g.backend().avgPool2dGrad(g.array(), inputShape, geometry),
        inputShape,
        g.dtype(),
        Rule.each(g2 -> avgPool2d(g2, geometry)),
        g);
  }

  /** The maximum under each window. */
  public static Tensor maxPool2d(Tensor input, Pool2dGeometry geometry) {
    Op.requireFloating("maxPool2d", input);
    Shape shape = geometry.outputShape(input.shape());
    Optional<MaxPooled<Object>> fused = input.backend().maxPool2d(input.array(), geometry);
    if (fused.isEmpty()) {
      return gatherPooled(input, maxPool2dIndices(input, geometry));
    }
    Tensor indices = Op.constant(input.backend(), fused.get().indices(), shape, DType.INT64);
    return Op.record(
        "maxPool2d",
        fused.get().values(),
        shape,
        input.dtype(),
        Rule.each(g -> maxPool2dGrad(g, indices, input.shape(), geometry)),
        input);
  }

  /**
   * Where the maximum under each window lies: INT64 {@code [N, C, OH, OW]}, as {@code row * W +
   * column}; the first on ties.
   */
  public static Tensor maxPool2dIndices(Tensor input, Pool2dGeometry geometry) {
    Op.requireFloating("maxPool2d", input);
    Shape shape = geometry.outputShape(input.shape());
    return Op.constant(
        input.backend(),
        input.backend().maxPool2dIndices(input.array(), geometry),
        shape,
        DType.INT64);
  }

  /** Scatters to the maxima's places; its adjoint gathers from them. */
  private static Tensor maxPool2dGrad(
      Tensor g, Tensor indices, Shape inputShape, Pool2dGeometry geometry) {
    return g.backend()
        .maxPool2dGrad(g.array(), indices.array(), inputShape, geometry)
        .map(
            array ->
                Op.record(
                    "maxPool2dGrad",
                    array,
                    inputShape,
                    g.dtype(),
                    Rule.each(g2 -> gatherPooled(g2, indices)),
                    g))
        .orElseGet(
            () ->
                planes(g)
                    .scatterAdd(2, planes(indices), inputShape.dim(2) * inputShape.dim(3))
                    .reshape(inputShape));
  }

  private static Tensor gatherPooled(Tensor input, Tensor indices) {
    return planes(input).gather(2, planes(indices)).reshape(indices.shape());
  }

  /** {@code [N, C, H, W] -> [N, C, H * W]}. */
  private static Tensor planes(Tensor image) {
    Shape shape = image.shape();
    return image.reshape(Shape.of(shape.dim(0), shape.dim(1), shape.dim(2) * shape.dim(3)));
  }
}
