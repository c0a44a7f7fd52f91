package io.github.trimaran.backend.cpu.memory;

/**
 * Real numbers by address, whether stored as float32 or float64: lets the operations whose loops
 * the JIT does not vectorise anyway be written once. In a run that uses one of the two types the
 * JIT inlines the calls; conversions between float and double are exact one way and round once the
 * other way.
 */
public interface Reals {

  /** The number at an address. */
  double get(int address);

  /** Stores a number, rounded to the type. */
  void set(int address, double value);

  /** Over a {@code float[]} or {@code double[]}. */
  static Reals of(Object array) {
    return array instanceof float[] floats ? new Floats(floats) : new Doubles((double[]) array);
  }

  /** Float32. */
  record Floats(float[] values) implements Reals {
    @Override
    public double get(int address) {
      return values[address];
    }

    @Override
    public void set(int address, double value) {
      values[address] = (float) value;
    }
  }

  /** Float64. */
  record Doubles(double[] values) implements Reals {
    @Override
    public double get(int address) {
      return values[address];
    }

    @Override
    public void set(int address, double value) {
      values[address] = value;
    }
  }
}
