package io.github.trimaran.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.benchmarks.cost.ConvolutionShape;
import io.github.trimaran.benchmarks.cost.Workload;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against naive loops over all seven indices. */
class Im2colTest {

  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);
  private static final ConvolutionShape SHAPE = ConvolutionShape.of(2, 3, 7, 4, 3, 2, 1);

  private final float[] input = Workload.normal(1, SHAPE.input().size(), 1);
  private final float[] weight = Workload.normal(2, SHAPE.weight().size(), 1);
  private final float[] grad = Workload.normal(3, SHAPE.output().size(), 1);

  /** Is shown each product of the convolution: where its input, weight and output lie. */
  private interface Visitor {
    void visit(int input, int weight, int output);
  }

  private static void each(Visitor visitor) {
    int height = SHAPE.output().dim(2);
    for (int n = 0; n < 2; n++) {
      for (int f = 0; f < 4; f++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < height; x++) {
            int output = ((f * 2 + n) * height + y) * height + x;
            for (int c = 0; c < 3; c++) {
              for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                  int row = 2 * y + i - 1;
                  int column = 2 * x + j - 1;
                  if (row >= 0 && row < 7 && column >= 0 && column < 7) {
                    visitor.visit(
                        ((n * 3 + c) * 7 + row) * 7 + column,
                        ((f * 3 + c) * 3 + i) * 3 + j,
                        output);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  @Test
  void forward() {
    float[] expected = new float[SHAPE.output().size()];
    each((in, w, out) -> expected[out] += input[in] * weight[w]);
    assertThat(new Im2col(SHAPE).forward(input, weight)).containsExactly(expected, ROUNDING);
  }

  @Test
  void weightGrad() {
    float[] expected = new float[SHAPE.weight().size()];
    each((in, w, out) -> expected[w] += input[in] * grad[out]);
    assertThat(new Im2col(SHAPE).weightGrad(input, grad)).containsExactly(expected, ROUNDING);
  }

  @Test
  void inputGrad() {
    float[] expected = new float[SHAPE.input().size()];
    each((in, w, out) -> expected[in] += weight[w] * grad[out]);
    Im2col im2col = new Im2col(SHAPE);
    float[] first = im2col.inputGrad(grad, weight);
    assertThat(first).containsExactly(expected, ROUNDING);
    assertThat(Arrays.equals(first, im2col.inputGrad(grad, weight))).isTrue();
  }
}
