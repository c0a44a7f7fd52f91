package io.github.trimaran.collective;

import java.nio.ByteBuffer;

/** An array of floats or doubles that travels in parts. */
interface Numbers {

  int length();

  /** How many bytes that many numbers take. */
  int bytes(int count);

  void write(int from, int count, ByteBuffer target);

  /** Adds what is left in a message: the others' numbers first. */
  void add(int from, ByteBuffer others);

  void set(int from, ByteBuffer others);

  /** Of floats. */
  record Floats(float[] values) implements Numbers {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public int bytes(int count) {
      return count * Float.BYTES;
    }

    @Override
    public void write(int from, int count, ByteBuffer target) {
      target.asFloatBuffer().put(values, from, count);
    }

    @Override
    public void add(int from, ByteBuffer others) {
      float[] more = new float[others.remaining() / Float.BYTES];
      others.asFloatBuffer().get(more);
      for (int i = 0; i < more.length; i++) {
        values[from + i] = more[i] + values[from + i];
      }
    }

    @Override
    public void set(int from, ByteBuffer others) {
      others.asFloatBuffer().get(values, from, others.remaining() / Float.BYTES);
    }
  }

  /** Of doubles. */
  record Doubles(double[] values) implements Numbers {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public int bytes(int count) {
      return count * Double.BYTES;
    }

    @Override
    public void write(int from, int count, ByteBuffer target) {
      target.asDoubleBuffer().put(values, from, count);
    }

    @Override
    public void add(int from, ByteBuffer others) {
      double[] more = new double[others.remaining() / Double.BYTES];
      others.asDoubleBuffer().get(more);
      for (int i = 0; i < more.length; i++) {
        values[from + i] = more[i] + values[from + i];
      }
    }

    @Override
    public void set(int from, ByteBuffer others) {
      others.asDoubleBuffer().get(values, from, others.remaining() / Double.BYTES);
    }
  }
}
