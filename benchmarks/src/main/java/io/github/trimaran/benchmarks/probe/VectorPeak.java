package io.github.trimaran.benchmarks.probe;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** With the Vector API: enough independent sums to hide the latency of a multiply-add. */
final class VectorPeak implements PeakLoop {

  private static final int SUMS = 10;

  VectorPeak() {}

  @Override
  public float runFloats() {
    int rounds = OPERATIONS / (2 * SUMS * FloatVector.SPECIES_PREFERRED.length());
    FloatVector x = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 0.9999f);
    FloatVector y = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 0.0001f);
    FloatVector a = y;
    FloatVector b = a.add(y);
    FloatVector c = b.add(y);
    FloatVector d = c.add(y);
    FloatVector e = d.add(y);
    FloatVector f = e.add(y);
    FloatVector g = f.add(y);
    FloatVector h = g.add(y);
    FloatVector i = h.add(y);
    FloatVector j = i.add(y);
    for (int round = 0; round < rounds; round++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
    }
    return a.add(b)
        .add(c)
        .add(d)
        .add(e)
        .add(f)
        .add(g)
        .add(h)
        .add(i)
        .add(j)
        .reduceLanes(VectorOperators.ADD);
  }

  @Override
  public double runDoubles() {
    int rounds = OPERATIONS / (2 * SUMS * DoubleVector.SPECIES_PREFERRED.length());
    DoubleVector x = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 0.9999);
    DoubleVector y = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 0.0001);
    DoubleVector a = y;
    DoubleVector b = a.add(y);
    DoubleVector c = b.add(y);
    DoubleVector d = c.add(y);
    DoubleVector e = d.add(y);
    DoubleVector f = e.add(y);
    DoubleVector g = f.add(y);
    DoubleVector h = g.add(y);
    DoubleVector i = h.add(y);
    DoubleVector j = i.add(y);
    for (int round = 0; round < rounds; round++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
    }
    return a.add(b)
        .add(c)
        .add(d)
        .add(e)
        .add(f)
        .add(g)
        .add(h)
        .add(i)
        .add(j)
        .reduceLanes(VectorOperators.ADD);
  }
}
