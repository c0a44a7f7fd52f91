package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MetaBackend;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong arguments are refused with the operation, the reason and the shapes, and leave nothing. All
 * messages stand in one file, so that their wording is read side by side.
 */
class ErrorMessagesTest {

  private static final NaiveBackend BACKEND = new NaiveBackend();

  private static Tensor floats(int... extents) {
    return Tensor.ones(BACKEND, Shape.of(extents), DType.FLOAT32);
  }

  private static Tensor longs(int... extents) {
    return Tensor.ones(BACKEND, Shape.of(extents), DType.INT64);
  }

  private static Tensor bools(int... extents) {
    return Tensor.ones(BACKEND, Shape.of(extents), DType.BOOL);
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return arguments(message, call);
  }

  static Stream<Arguments> elementwise() {
    return Stream.of(
        refused(
            "add: shapes [2, 3] and [4] do not broadcast: 3 against 4 along axis -1",
            () -> floats(2, 3).add(floats(4))),
        refused(
            "mul: dtypes float32 and int64 differ (shapes [2] and [2]); cast one of them",
            () -> floats(2).mul(longs(2))),
        refused("sub: needs numbers, is bool ([2]); cast it first", () -> bools(2).sub(bools(2))),
        refused("div: needs float32 or float64, is int64 ([2])", () -> longs(2).div(longs(2))),
        refused("pow: needs float32 or float64, is int64 ([2])", () -> longs(2).pow(2)),
        refused("exp: needs float32 or float64, is int64 ([2])", () -> longs(2).exp()),
        refused("relu: needs float32 or float64, is bool ([2])", () -> bools(2).relu()),
        refused("neg: needs numbers, is bool ([2]); cast it first", () -> bools(2).neg()),
        refused("maximum: shapes [2] and [3] do not", () -> floats(2).maximum(floats(3))),
        refused("greater: needs numbers, is bool", () -> bools(2).greater(bools(2))),
        refused("eq: dtypes bool and float32 differ", () -> bools(2).eq(floats(2))),
        refused(
            "logicalAnd: operand must be bool, is int64 ([2])",
            () -> longs(2).logicalAnd(longs(2))),
        refused(
            "where: condition must be bool, is float32 ([2])",
            () -> Tensor.where(floats(2), floats(2), floats(2))),
        refused(
            "where: shapes [3] and [2] do not broadcast",
            () -> Tensor.where(bools(3), floats(2), floats(2))));
  }

  /** Numbers that a dtype cannot hold. */
  static Stream<Arguments> numbers() {
    String fraction = ": int64 cannot hold 0.5; cast the tensor to a float type first";
    String huge = ": float32 cannot hold 1.0E300; cast the tensor to float64 first";
    int[] one = {1};
    return Stream.of(
        refused("add" + fraction, () -> longs(2).add(0.5)),
        refused("sub" + fraction, () -> longs(2).sub(0.5)),
        refused("mul" + fraction, () -> longs(2).mul(0.5)),
        refused("pad" + fraction, () -> longs(2).pad(one, one, one, 0.5)),
        refused("full" + fraction, () -> Tensor.full(BACKEND, Shape.of(2), DType.INT64, 0.5)),
        refused("mul: int64 cannot hold NaN", () -> longs(2).mul(Double.NaN)),
        refused("add: int64 cannot hold 9.223372036854776E18", () -> longs(2).add(0x1p63)),
        refused("full" + huge, () -> Tensor.full(BACKEND, Shape.of(2), DType.FLOAT32, 1e300)),
        refused("full" + huge, () -> Tensor.scalar(BACKEND, 1e300, DType.FLOAT32)),
        refused("add" + huge, () -> floats(2).add(1e300)),
        refused("div" + huge, () -> floats(2).div(1e300)),
        refused("pow" + huge, () -> floats(2).pow(1e300)),
        refused("pad" + huge, () -> floats(2).pad(one, one, one, 1e300)));
  }

  /** Results too large for an array, refused before a backend takes memory for them. */
  static Stream<Arguments> sizes() {
    MetaBackend none = new MetaBackend();
    Tensor large = Tensor.zeros(none, Shape.of(1 << 30), DType.BOOL);
    Tensor row = Tensor.zeros(none, Shape.of(1 << 20), DType.FLOAT32);
    Tensor column = row.reshape(-1, 1);
    Tensor indices = Tensor.zeros(none, Shape.of(1 << 20, 1), DType.INT64);
    int[] most = {Integer.MAX_VALUE};
    int[] nothing = {0};
    String tooMany = ": more than 2^31 - 1 elements in [";
    return Stream.of(
        refused("pad" + tooMany + "2148532223]", () -> row.pad(most, nothing, nothing, 0)),
        refused("pad" + tooMany + "2148532223]", () -> row.pad(nothing, most, nothing, 0)),
        refused("pad" + tooMany, () -> row.pad(nothing, nothing, most, 0)),
        refused("concat" + tooMany, () -> Tensor.concat(List.of(large, large), 0)),
        refused("add" + tooMany + "1048576, 1048576]", () -> row.add(column)),
        refused("matmul" + tooMany, () -> column.matmul(row.reshape(1, -1))),
        refused("linear" + tooMany, () -> column.linear(column, row)),
        refused("scatterAdd" + tooMany, () -> column.scatterAdd(1, indices, 1 << 11)),
        refused("reshape" + tooMany, () -> row.reshape(-1, 1 << 16, 1 << 16)));
  }

  @Test
  void holdsNumbersOfItsDType() {
    try (Scope scope = Scope.open()) {
      assertThat(longs(1).add(-0x1p63).toLongs()).containsExactly(Long.MIN_VALUE + 1);
      assertThat(floats(1).mul(Double.POSITIVE_INFINITY).item()).isInfinite();
      assertThat(floats(1).mul(3.4028235e38).item()).isEqualTo(Float.MAX_VALUE);
      assertThat(floats(1).add(1e-300).item()).isEqualTo(1);
    }
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        refused("sum: no axis 2 in shape [2, 3] of rank 2", () -> floats(2, 3).sum(2)),
        refused("sum: axis 1 named twice in [1, -1]", () -> floats(2, 3).sum(1, -1)),
        refused("sum: needs numbers, is bool", () -> bools(2).sum()),
        refused("mean: needs float32 or float64, is int64", () -> longs(2).mean()),
        refused("max: axis 0 is empty and has no maximum ([0, 3])", () -> floats(0, 3).max(0)),
        refused("argMax: axis 1 is empty and has no maximum", () -> floats(2, 0).argMax(-1)),
        refused(
            "broadcastTo: does not broadcast to [2, 4] ([3])",
            () -> floats(3).broadcastTo(Shape.of(2, 4))),
        refused("sumTo: [2] does not broadcast", () -> floats(3).sumTo(Shape.of(2))),
        refused(
            "reshape: 6 elements do not fill [4, 2] of 8 ([2, 3])",
            () -> floats(2, 3).reshape(4, 2)),
        refused(
            "reshape: 6 elements do not fill [4, -1] ([2, 3])", () -> floats(2, 3).reshape(4, -1)),
        refused(
            "reshape: more than one -1 in [-1, -1] ([2, 3])", () -> floats(2, 3).reshape(-1, -1)),
        refused("permute: needs each axis once, got [0]", () -> floats(2, 3).permute(0)),
        refused("permute: axis 0 named twice", () -> floats(2, 3).permute(0, 0)),
        refused("transpose: no axis 2", () -> floats(2, 3).transpose(0, 2)),
        refused("flip: no axis -3", () -> floats(2, 3).flip(-3)),
        refused(
            "slice: start 1, stop 5, step 1 does not lie in axis 0 of 4 ([4])",
            () -> floats(4).slice(new int[] {1}, new int[] {5}, new int[] {1})),
        refused(
            "slice: needs a start, stop and step for each axis ([2, 3])",
            () -> floats(2, 3).slice(new int[1], new int[1], new int[1])),
        refused(
            "narrow: length 2 from 3 on does not lie in axis 0 of 4",
            () -> floats(4).narrow(0, 3, 2)),
        refused(
            "slice: start -5, stop 4, step 1 does not lie in axis 0 of 4 ([4])",
            () -> floats(4).slice(new int[] {-5}, new int[] {4}, new int[] {1})),
        refused(
            "slice: start -1, stop -2, step 1 does not lie in axis 0 of 4 ([4])",
            () -> floats(4).slice(new int[] {-1}, new int[] {-2}, new int[] {1})),
        refused(
            "narrow: length 2 from -1 on does not lie in axis 0 of 4 ([4])",
            () -> floats(4).narrow(0, -1, 2)),
        refused(
            "narrow: length 2 from -5 on does not lie in axis 0 of 4 ([4])",
            () -> floats(4).narrow(0, -5, 2)),
        refused(
            "select: index -4 does not lie in axis 1 of 3 ([2, 3])",
            () -> floats(2, 3).select(1, -4)),
        refused(
            "select: index -1 does not lie in axis 0 of 0 ([0, 3])",
            () -> floats(0, 3).select(0, -1)),
        refused(
            "pad: negative count along axis 0; slice instead ([4])",
            () -> floats(4).pad(new int[] {-1}, new int[1], new int[1], 0)),
        refused("concat: needs at least one tensor", () -> Tensor.concat(List.of(), 0)),
        refused(
            "concat: shapes differ beyond axis 0 ([2, 3], [2, 4])",
            () -> Tensor.concat(List.of(floats(2, 3), floats(2, 4)), 0)),
        refused(
            "concat: dtypes float32 and int64 differ",
            () -> Tensor.concat(List.of(floats(2), longs(2)), 0)),
        refused("unsqueeze: no place 3 for an axis ([2])", () -> floats(2).unsqueeze(3)),
        refused("item: needs exactly one element, shape is [2]", () -> floats(2).item()));
  }

  static Stream<Arguments> products() {
    Conv2dGeometry unit = Conv2dGeometry.unit();
    return Stream.of(
        refused(
            "matmul: inner extents 3 and 4 differ ([2, 3], [4, 5])",
            () -> floats(2, 3).matmul(floats(4, 5))),
        refused("matmul: 0-d operand; use mul ([], [2])", () -> floats().matmul(floats(2))),
        refused(
            "matmul: leading axes [2] and [3] do not broadcast ([2, 3, 4], [3, 4, 5])",
            () -> floats(2, 3, 4).matmul(floats(3, 4, 5))),
        refused(
            "matmul: inner extents 2 and 3 differ ([2], [3])", () -> floats(2).matmul(floats(3))),
        refused(
            "matmul: inner extents 2 and 3 differ ([2], [3, 4])",
            () -> floats(2).matmul(floats(3, 4))),
        refused(
            "matmul: inner extents 4 and 3 differ ([5, 3, 4], [3])",
            () -> floats(5, 3, 4).matmul(floats(3))),
        refused(
            "linear: weight expects 4 inputs, input has 3 ([2, 3], [5, 4])",
            () -> floats(2, 3).linear(floats(5, 4), floats(5))),
        refused(
            "linear: bias must be [5] ([4], [5, 3])",
            () -> floats(2, 3).linear(floats(5, 3), floats(4))),
        refused(
            "conv2d: weight expects 3 input channels, input has 4"
                + " (input [1, 4, 8, 8], weight [2, 3, 3, 3])",
            () -> Convolution.conv2d(floats(1, 4, 8, 8), floats(2, 3, 3, 3), unit)),
        refused(
            "conv2d: bias must be [2] ([3], [2, 4, 3, 3])",
            () ->
                Convolution.conv2d(floats(1, 4, 8, 8), floats(2, 4, 3, 3), floats(3), unit, false)),
        refused(
            "conv2d: what is added must be [1, 2, 6, 6] ([1, 2, 5, 5], [1, 4, 8, 8], [2, 4, 3, 3])",
            () ->
                Convolution.conv2d(
                    floats(1, 4, 8, 8),
                    floats(2, 4, 3, 3),
                    floats(2),
                    floats(1, 2, 5, 5),
                    unit,
                    false)),
        refused(
            "conv2d: results to join must have one height and width, are [1, 2, 6, 6] and [1, 2, 8, 8]",
            () ->
                Convolution.conv2dConcat(
                    floats(1, 4, 8, 8),
                    List.of(floats(2, 4, 3, 3), floats(2, 4, 1, 1)),
                    List.of(floats(2), floats(2)),
                    List.of(unit, unit),
                    false)),
        refused(
            "conv2dInputGrad: output gradient must be [1, 2, 6, 6], is [1, 2, 5, 5]",
            () ->
                Convolution.inputGrad(
                    floats(1, 2, 5, 5), floats(2, 4, 3, 3), Shape.of(1, 4, 8, 8), unit)),
        refused(
            "conv2d: needs float32 or float64, is int64",
            () -> Convolution.conv2d(longs(1, 4, 8, 8), longs(2, 4, 3, 3), unit)),
        refused(
            "pool2d: window 3 x 3 does not fit the padded input 2 x 2",
            () -> Pooling.maxPool2d(floats(1, 1, 2, 2), Pool2dGeometry.of(3, 1))),
        refused(
            "pool2d: input must be [N, C, H, W], is [2, 2]",
            () -> Pooling.avgPool2d(floats(2, 2), Pool2dGeometry.of(2, 1))));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        refused(
            "gather: indices must be int64, is float32 ([2])",
            () -> floats(3).gather(0, floats(2))),
        refused(
            "gather: indices differ in shape beyond axis 0 ([3, 2], [2, 3])",
            () -> floats(3, 2).gather(0, longs(2, 3))),
        refused("gather: indices must have as many axes", () -> floats(3, 2).gather(0, longs(2))),
        refused(
            "scatterAdd: values and indices differ in shape ([3], [2])",
            () -> floats(3).scatterAdd(0, longs(2), 4)),
        refused("scatterAdd: size -1 is negative", () -> floats(3).scatterAdd(0, longs(3), -1)),
        refused(
            "softmaxCrossEntropy: labels must be [2] ([2, 3], [3])",
            () -> CrossEntropy.of(floats(2, 3), longs(3), 0)),
        refused(
            "softmaxCrossEntropy: labels must be int64, is float32 ([2])",
            () -> CrossEntropy.of(floats(2, 3), floats(2), 0)),
        refused(
            "softmaxCrossEntropy: smoothing must be 0 to 1, is 1.5",
            () -> CrossEntropy.of(floats(2, 3), longs(2), 1.5)),
        refused("logSoftmax: axis 0 is empty ([0])", () -> floats(0).logSoftmax(0)),
        refused(
            "batchNorm: gamma and beta must be [3] ([2, 3, 4, 4], [2], [3])",
            () -> BatchNorm.training(floats(2, 3, 4, 4), floats(2), floats(3), 1e-5)),
        refused(
            "batchNorm: mean and variance must be [3] ([2, 3, 4, 4], [1], [3])",
            () ->
                BatchNorm.inference(
                    floats(2, 3, 4, 4), floats(3), floats(3), floats(1), floats(3), 1e-5)),
        refused(
            "batchNorm: no elements to take statistics of ([0, 3, 4, 4])",
            () -> BatchNorm.training(floats(0, 3, 4, 4), floats(3), floats(3), 1e-5)),
        refused("assign: shapes differ ([2], [3])", () -> floats(2).assign(floats(3))),
        refused("assign: dtypes float32 and int64 differ", () -> floats(2).assign(longs(2))),
        refused(
            "sgd: parameter and gradient differ in shape ([2], [3])",
            () -> Updates.sgd(floats(2), floats(3), null, new SgdStep(0.1, 0, false, 0))));
  }

  static Stream<Arguments> operands() {
    return Stream.of(
        refused(
            "greater: int64 cannot hold 1.5; cast the tensor to a float type first",
            () -> longs(2).greater(1.5)),
        refused("maximum: int64 cannot hold NaN", () -> longs(2).maximum(Double.NaN)),
        refused("eq: needs numbers, is bool ([2]); cast it first", () -> bools(2).eq(1)),
        refused("clamp: min 3.0 must be at most max 1.0 ([2])", () -> floats(2).clamp(3, 1)),
        refused("clamp: int64 cannot hold 0.5", () -> longs(2).clamp(0.5, 1)),
        refused("floor: needs numbers, is bool", () -> bools(2).floor()),
        refused("log1p: needs float32 or float64, is int64", () -> longs(2).log1p()),
        refused("isNaN: needs numbers, is bool", () -> bools(2).isNaN()),
        refused("min: axis 0 is empty and has no minimum ([0, 3])", () -> floats(0, 3).min(0)),
        refused("argMin: axis 1 is empty and has no minimum", () -> floats(2, 0).argMin(-1)),
        refused("argMax: axis 0 is empty and has no maximum", () -> floats(2, 0).argMax()),
        refused("variance: needs float32 or float64, is int64", () -> longs(2).variance()),
        refused("norm: needs float32 or float64, is int64", () -> longs(2).norm()),
        refused("prod: no axis 1 in shape [2] of rank 1", () -> floats(2).prod(1)),
        refused("any: no axis 1 in shape [2] of rank 1", () -> floats(2).any(1)),
        refused("all: axis 0 named twice in [0, -1]", () -> bools(2).all(0, -1)),
        refused("logSumExp: needs float32 or float64, is int64", () -> longs(2).logSumExp()),
        refused("cumSum: no axis 1 in shape [2] of rank 1", () -> floats(2).cumSum(1)),
        refused("sort: needs numbers, is bool", () -> bools(2).sort(0)),
        refused("argSort: no axis 1 in shape [2] of rank 1", () -> floats(2).argSort(1)),
        refused("topK: axis 1 has no 4 values ([2, 3])", () -> floats(2, 3).topK(4, -1)));
  }

  static Stream<Arguments> moves() {
    int[] one = {1, 1};
    return Stream.of(
        refused("squeeze: the extent of axis 1 is not 1 ([1, 3])", () -> floats(1, 3).squeeze(-1)),
        refused("split: size must be at least 1, is 0 ([4])", () -> floats(4).split(0, 0)),
        refused(
            "split: sizes [1, 2] do not add up to axis 0 ([4])",
            () -> floats(4).split(new int[] {1, 2}, 0)),
        refused(
            "repeat: needs a count from 0 for each axis, and may have more, is [2] ([3, 4])",
            () -> floats(3, 4).repeat(2)),
        refused("repeat: needs a count from 0", () -> floats(3).repeat(-1)),
        refused("roll: no axis 1 in shape [3] of rank 1", () -> floats(3).roll(1, 1)),
        refused(
            "padReflect: axis 1 has only 0 values to mirror ([3, 1])",
            () -> floats(3, 1).padReflect(one, one)),
        refused(
            "padReplicate: axis 1 is empty and has no edge to repeat ([3, 0])",
            () -> floats(3, 0).padReplicate(one, one)),
        refused(
            "padReplicate: negative count along axis 0; narrow instead ([3])",
            () -> floats(3).padReplicate(new int[] {-1}, new int[1])),
        refused(
            "padReflect: needs a count before and after for each axis ([3])",
            () -> floats(3).padReflect(one, one)),
        refused(
            "indexSelect: indices must be [N] ([3, 2], [2, 3])",
            () -> floats(3, 2).indexSelect(0, longs(2, 3))),
        refused(
            "indexSelect: indices must be int64, is float32 ([2])",
            () -> floats(3, 2).indexSelect(0, floats(2))),
        refused("oneHot: indices must be int64, is float32 ([2])", () -> floats(2).oneHot(3)),
        refused(
            "maskedFill: mask must be bool, is float32 ([2])",
            () -> floats(2).maskedFill(floats(2), 0)),
        refused(
            "maskedFill: mask does not broadcast to the tensor ([2], [3, 2])",
            () -> floats(2).maskedFill(bools(3, 2), 0)),
        refused(
            "maskedSelect: mask does not broadcast to the tensor ([2], [3])",
            () -> floats(2).maskedSelect(bools(3))),
        refused(
            "maskedSelect: mask must be bool, is float32 ([2])",
            () -> floats(2).maskedSelect(floats(2))),
        refused(
            "chunk: number of pieces must be at least 1, is 0 ([4])", () -> floats(4).chunk(0, 0)),
        refused("unbind: no axis 1 in shape [3] of rank 1", () -> floats(3).unbind(1)),
        refused("dot: vectors differ in length ([2], [3])", () -> floats(2).dot(floats(3))),
        refused("dot: needs two vectors, [N] ([2, 2], [2])", () -> floats(2, 2).dot(floats(2))),
        refused("outer: needs two vectors, [N] ([], [2])", () -> floats().outer(floats(2))),
        refused("square: needs numbers, is bool", () -> bools(2).square()),
        refused("rsqrt: needs float32 or float64, is int64", () -> longs(2).rsqrt()),
        refused("allClose: shapes differ ([2], [3])", () -> floats(2).allClose(floats(3))),
        refused(
            "allClose: dtypes float32 and int64 differ ([2], [2])",
            () -> floats(2).allClose(longs(2))),
        refused(
            "allClose: rtol and atol must be at least 0, are NaN and -1.0 ([2], [2])",
            () -> floats(2).allClose(floats(2), Double.NaN, -1)),
        refused("tril: needs matrices, [.., R, C] ([3])", () -> floats(3).tril(0)));
  }

  static Stream<Arguments> sums() {
    return Stream.of(
        refused(
            "einsum: 'ij,jk': names 2 operands, 1 given ([2, 3])",
            () -> Tensor.einsum("ij,jk", floats(2, 3))),
        refused(
            "einsum: 'ijk': 'ijk' does not fit [2, 3] ([2, 3])",
            () -> Tensor.einsum("ijk", floats(2, 3))),
        refused(
            "einsum: 'i': 'i' does not fit [2, 3] ([2, 3])",
            () -> Tensor.einsum("i", floats(2, 3))),
        refused(
            "einsum: 'ij,jk->ik': 'j' is 3 and 4 ([2, 3], [4, 5])",
            () -> Tensor.einsum("ij,jk->ik", floats(2, 3), floats(4, 5))),
        refused(
            "einsum: '...,...': axis -1 of '...' is 3 and 4 ([3], [4])",
            () -> Tensor.einsum("...,...", floats(3), floats(4))),
        refused(
            "einsum: 'ij->k': 'k' of the result is in no operand ([2, 3])",
            () -> Tensor.einsum("ij->k", floats(2, 3))),
        refused(
            "einsum: 'ij->ii': 'i' is twice in the result ([2, 3])",
            () -> Tensor.einsum("ij->ii", floats(2, 3))),
        refused(
            "einsum: 'ii->i': 'i' is 2 and 3 ([2, 3])", () -> Tensor.einsum("ii->i", floats(2, 3))),
        refused(
            "einsum: axes 0 and 1 have no diagonal ([1, 3])",
            () -> Tensor.einsum("ii->i", floats(1, 3))),
        refused(
            "einsum: 'i+j' may hold letters, commas, '...' and '->' only, not 'i+j'",
            () -> Tensor.einsum("i+j", floats(2, 3))));
  }

  static Stream<Arguments> creation() {
    return Stream.of(
        refused(
            "array: nested arrays of one depth must be equally long, at depth 1 one has 1 elements"
                + " and the first 2",
            () -> Tensor.of(BACKEND, new float[][] {{1, 2}, {3}})),
        refused(
            "array: nested arrays of one depth must be equally long, at depth 1 one has 0 elements",
            () -> Tensor.of(BACKEND, new float[][] {{1, 2}, null})),
        refused(
            "array: nested arrays may hold float, double, long, int and boolean, not String",
            () -> Tensor.of(BACKEND, new String[] {"1"})),
        refused(
            "arange: steps of -1.0 do not lead from 0.0 to 3.0",
            () -> Tensor.arange(BACKEND, 0, 3, -1)),
        refused("arange: steps of 0.0 do not", () -> Tensor.arange(BACKEND, 0, 3, 0)),
        refused(
            "linspace: count must be at least 0, is -1",
            () -> Tensor.linspace(BACKEND, 0, 1, -1, DType.FLOAT32)),
        refused(
            "rand: needs float32 or float64, is int64",
            () -> Tensor.rand(BACKEND, Shape.of(2), DType.INT64, Rng.seeded(1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "elementwise",
    "shapes",
    "products",
    "others",
    "numbers",
    "sizes",
    "operands",
    "moves",
    "sums",
    "creation"
  })
  void namesOperationReasonAndShapes(String message, ThrowingCallable call) {
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(message)
          .message()
          .doesNotContain("\n");
    }
    assertThat(BACKEND.liveArrays()).isZero();
  }

  static Stream<Arguments> indices() {
    return Stream.of(
        refused(
            "gather: index 1 at [0] is outside an empty axis ([0], [2])",
            () -> floats(0).gather(0, longs(2))),
        refused(
            "indexSelect: index 1 at [0] is not from 0 to 0 ([1, 3], [2])",
            () -> floats(1, 3).indexSelect(0, longs(2))),
        refused("oneHot: index 1 at [0] is not from 0 to 0 ([2])", () -> longs(2).oneHot(1)),
        refused(
            "softmaxCrossEntropy: label 1 at [0] is not from 0 to 0 ([2, 1], [2])",
            () -> CrossEntropy.of(floats(2, 1), longs(2), 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("indices")
  void saysWhichIndexIsOutOfRange(String message, ThrowingCallable call) {
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class).hasMessage(message);
    }
    assertThat(BACKEND.liveArrays()).isZero();
  }

  @Test
  void operandsMustBeOnOneBackend() {
    NaiveBackend other = new NaiveBackend();
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(() -> floats(2).add(Tensor.ones(other, Shape.of(2), DType.FLOAT32)))
          .hasMessage(
              "add: operands are on two different backends, both named naive; make constants on"
                  + " the backend of the input: Tensor.of(x.backend(), ...)");
      assertThatThrownBy(
              () -> Tensor.where(Tensor.ones(other, Shape.of(2), DType.BOOL), floats(2), floats(2)))
          .hasMessageStartingWith("where: operands are on two different backends");
      Tensor shapes = Tensor.ones(new MetaBackend(), Shape.of(2), DType.FLOAT32);
      assertThatThrownBy(() -> floats(2).add(shapes))
          .hasMessage(
              "add: operands are on different backends, naive and meta; move one to the backend of"
                  + " the other: a.to(b.backend())");
    }
  }
}
