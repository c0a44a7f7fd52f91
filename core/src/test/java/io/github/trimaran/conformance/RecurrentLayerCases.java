package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.backend.Recurrence.Cell;
import io.github.trimaran.backend.Recurrence.Way;
import io.github.trimaran.tensor.SampleNorm;
import java.util.ArrayList;
import java.util.List;

/** Layers of recurrent networks, and normalisation in groups of channels, each in one operation. */
final class RecurrentLayerCases<A> {

  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUTS = 2;
  private static final int HIDDEN = 5;

  /** Operands are those of the method one behind the other. */
  private Operation<A> recurrent(Recurrence layer) {
    int states = 1 + layer.directions() * layer.weights();
    int lengths = states + layer.states();
    return new Operation<>(
        (b, x) ->
            b.recurrent(
                    x.get(0),
                    x.subList(1, states),
                    x.subList(states, lengths),
                    x.subList(lengths, x.size()),
                    layer)
                .orElse(List.of()),
        null,
        x ->
            new RecurrentOracle(
                    x.get(0),
                    x.subList(1, states),
                    x.subList(states, lengths),
                    lengths < x.size() ? x.get(lengths) : null,
                    layer)
                .results(),
        Tolerance.nearOne(64));
  }

  private HostArray[] operands(Probe<A> p, Recurrence layer, long... lengths) {
    List<HostArray> all = new ArrayList<>();
    int rows = layer.gates().length() * HIDDEN;
    all.add(p.values(STEPS, BATCH, INPUTS));
    for (int d = 0; d < layer.directions(); d++) {
      all.add(p.between(-0.5, 0.5, rows, INPUTS));
      all.add(p.between(-0.5, 0.5, rows, HIDDEN));
      if (layer.biased()) {
        all.add(p.between(-0.5, 0.5, rows));
        all.add(p.between(-0.5, 0.5, rows));
      }
    }
    for (int i = 0; i < layer.states(); i++) {
      all.add(p.values(layer.directions(), BATCH, HIDDEN));
    }
    if (lengths.length > 0) {
      all.add(HostArray.of(lengths, Shape.of(lengths.length)));
    }
    return all.toArray(HostArray[]::new);
  }

  private Operation<A> groupNorm(int groups) {
    return Operation.fused(
        (b, x) -> b.groupNorm(x.get(0), x.subList(1, x.size()), groups, 1e-3),
        x -> SampleNorm.groups(x.get(0), groups, x.subList(1, x.size()), 1e-3),
        x -> FusedOracles.groupNorm(x.get(0), x.subList(1, x.size()), groups, 1e-3),
        // As for batch norm: each result has sums over its group in it.
        new Tolerance(
            16,
            Tolerance.Scale.VALUE_OR_ONE,
            x -> x.get(0).shape().size() / (x.get(0).dim(0) * groups)));
  }

  void addTo(Catalogue<A> to) {
    for (Cell cell : Cell.values()) {
      String gates =
          switch (cell) {
            case TANH, RELU -> "h";
            case GRU -> "rzn";
            case LSTM -> "ifgo";
          };
      for (Way way : Way.values()) {
        Recurrence layer = new Recurrence(cell, gates, way, way != Way.BACKWARD);
        String name = cell + " " + way;
        to.add(
            "recurrent",
            Catalogue.FLOATS,
            name,
            p -> p.check(recurrent(layer), operands(p, layer)));
        to.add(
            "recurrent",
            DType.FLOAT64,
            name + ", padded",
            p -> p.check(recurrent(layer), operands(p, layer, 3, 1, 4)));
      }
    }
    for (int groups : new int[] {1, 3, 6}) {
      String name = groups + " of 6 channels";
      to.add(
          "groupNorm",
          Catalogue.FLOATS,
          name,
          p -> {
            p.check(groupNorm(groups), p.values(2, 6, 4, 3));
            p.check(groupNorm(groups), p.values(2, 6, 7), p.values(6), p.values(6));
          });
      GradientCases.add(
          to,
          "groupNorm",
          name,
          groupNorm(groups),
          p -> new HostArray[] {p.values(2, 6, 8), p.values(6), p.values(6)});
    }
  }
}
