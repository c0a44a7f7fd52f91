package io.github.trimaran.onnx.write;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * A value of the graph that is to be written, seen in several runs with other extents of the free
 * axes.
 */
final class Item {

  private final Traced.Kind kind;
  private final DType dtype;
  private final String name;

  /** Of each run. */
  private final Shape[] shapes;

  /** Of each run, for weights and constants. */
  private final HostArray[] values;

  private Call maker;

  Item(Traced.Kind kind, DType dtype, String name, Shape[] shapes, HostArray... values) {
    this.kind = kind;
    this.dtype = dtype;
    this.name = name;
    this.shapes = shapes;
    this.values = values;
  }

  /** What an operation gives. */
  static Item result(DType dtype, Shape... shapes) {
    return new Item(Traced.Kind.RESULT, dtype, null, shapes);
  }

  /** A constant that is the same in every run. */
  static Item constant(int runs, HostArray values) {
    Shape[] shapes = new Shape[runs];
    HostArray[] all = new HostArray[runs];
    Arrays.fill(shapes, values.shape());
    Arrays.fill(all, values);
    return new Item(Traced.Kind.CONSTANT, values.dtype(), null, shapes, all);
  }

  Traced.Kind kind() {
    return kind;
  }

  boolean isConstant() {
    return kind == Traced.Kind.CONSTANT;
  }

  DType dtype() {
    return dtype;
  }

  /** Of an input or weight. */
  String name() {
    return name;
  }

  int runs() {
    return shapes.length;
  }

  int rank() {
    return shapes[0].rank();
  }

  Shape shape(int run) {
    return shapes[run];
  }

  Shape[] shapes() {
    return shapes;
  }

  /** The extents of an axis in all runs. */
  int[] extents(int axis) {
    return Arrays.stream(shapes).mapToInt(shape -> shape.dim(axis)).toArray();
  }

  HostArray value(int run) {
    return values[run];
  }

  /** The operation that gives it; null for what is given. */
  Call maker() {
    return maker;
  }

  void madeBy(Call call) {
    maker = call;
  }

  /** Whether it is the result of that operation. */
  boolean isOf(String operation) {
    return maker != null && maker.operation().equals(operation);
  }

  /** The operand of the operation that gives it. */
  Item operand(int index) {
    return maker.operands().get(index);
  }

  /** Whether it has these shapes. */
  boolean hasShapes(Shape... others) {
    return Arrays.equals(shapes, others);
  }

  /** Whether it is a constant of that number alone, in all runs. */
  boolean isFilledWith(double number) {
    if (!isConstant()) {
      return false;
    }
    for (HostArray array : values) {
      for (int i = 0; i < array.shape().size(); i++) {
        if (array.get(i) != number) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether it is a constant of one element. */
  boolean isNumber() {
    return isConstant() && shapes[0].size() == 1;
  }

  /** The one number of a constant. */
  double number() {
    return values[0].get(0);
  }
}
