package io.github.trimaran.nn;

/** What the layers share that do the same along one axis, the last unless another is named. */
abstract sealed class AlongAxis extends Layer permits GLU, LogSoftmax, Softmax {

  final int axis;

  AlongAxis(int axis) {
    this.axis = axis;
  }

  @Override
  protected String describe() {
    return "axis " + axis;
  }

  @Override
  public Form form() {
    return Form.of("axis", axis);
  }
}
