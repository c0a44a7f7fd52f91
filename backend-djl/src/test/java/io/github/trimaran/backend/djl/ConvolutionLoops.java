package io.github.trimaran.backend.djl;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;

/** The definition of a convolution: all its products, in seven nested loops. */
final class ConvolutionLoops {

  private ConvolutionLoops() {}

  /** A product of the trilinear form: positions in the input, the weight and the output. */
  interface Term {
    void accept(int x, int w, int y);
  }

  static void forEachTerm(Shape in, Shape w, Conv2dGeometry q, Term term) {
    Shape out = q.outputShape(in, w);
    int filters = w.dim(0) / q.groups();
    for (int n = 0; n < in.dim(0); n++) {
      for (int f = 0; f < w.dim(0); f++) {
        for (int oy = 0; oy < out.dim(2); oy++) {
          for (int ox = 0; ox < out.dim(3); ox++) {
            for (int c = 0; c < w.dim(1); c++) {
              for (int i = 0; i < w.dim(2); i++) {
                for (int j = 0; j < w.dim(3); j++) {
                  int row = oy * q.strideH() + i * q.dilationH() - q.padTop();
                  int column = ox * q.strideW() + j * q.dilationW() - q.padLeft();
                  if (row < 0 || row >= in.dim(2) || column < 0 || column >= in.dim(3)) {
                    continue;
                  }
                  int channel = f / filters * w.dim(1) + c;
                  term.accept(
                      ((n * in.dim(1) + channel) * in.dim(2) + row) * in.dim(3) + column,
                      ((f * w.dim(1) + c) * w.dim(2) + i) * w.dim(3) + j,
                      ((n * w.dim(0) + f) * out.dim(2) + oy) * out.dim(3) + ox);
                }
              }
            }
          }
        }
      }
    }
  }
}
