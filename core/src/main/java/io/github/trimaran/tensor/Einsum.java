package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums of products in Einstein's notation, operand after operand from the left. What two operands
 * share and nothing later needs is contracted by a matrix product; nothing is stretched to an
 * extent that the result does not have.
 */
final class Einsum {

  private Einsum() {}

  static Tensor einsum(String formula, Tensor... operands) {
    EinsumEquation equation =
        EinsumEquation.parse(formula, Arrays.stream(operands).map(Tensor::shape).toList());
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      Term term = diagonal(new Term(operands[i], equation.inputs().get(i)));
      terms.add(unstretched(term, equation.extents()));
    }
    Term product = terms.get(0);
    for (int i = 1; i < terms.size(); i++) {
      List<Integer> needed = new ArrayList<>(equation.output());
      terms.subList(i + 1, terms.size()).forEach(term -> needed.addAll(term.labels()));
      product = product(product, terms.get(i), needed);
    }
    Tensor result = product.summed(equation.output()).ordered(equation.output()).tensor();
    return Op.distinct(result, operands);
  }

  /** A tensor and the label of each of its axes. */
  private record Term(Tensor tensor, List<Integer> labels) {

    /** The same with axes in that order. */
    Term ordered(List<Integer> order) {
      int[] axes = order.stream().mapToInt(labels::indexOf).toArray();
      return labels.equals(order) ? this : new Term(tensor.permute(axes), order);
    }

    /** Summed over the axes that are not kept. */
    Term summed(List<Integer> kept) {
      int[] axes =
          IntStream.range(0, labels.size()).filter(i -> !kept.contains(labels.get(i))).toArray();
      return axes.length == 0
          ? this
          : new Term(tensor.sum(axes), labels.stream().filter(kept::contains).toList());
    }

    /** The extents along labels, 1 for those it has not. */
    int[] extents(List<Integer> along) {
      return along.stream()
          .mapToInt(label -> labels.contains(label) ? tensor.shape().dim(labels.indexOf(label)) : 1)
          .toArray();
    }
  }

  /** A label that is there twice means the diagonal: every (n + 1)th element of n x n. */
  private static Term diagonal(Term term) {
    List<Integer> labels = term.labels();
    for (int first = 0; first < labels.size(); first++) {
      int second = labels.lastIndexOf(labels.get(first));
      if (second != first) {
        return diagonal(diagonal(term, first, second));
      }
    }
    return term;
  }

  private static Term diagonal(Term term, int first, int second) {
    Shape shape = term.tensor().shape();
    int extent = shape.dim(first);
    if (shape.dim(second) != extent) {
      throw Op.error(
          "einsum", "axes " + first + " and " + second + " have no diagonal", term.tensor());
    }
    int[] others =
        IntStream.range(0, shape.rank()).filter(i -> i != first && i != second).toArray();
    int[] order = Arrays.copyOf(others, shape.rank());
    order[others.length] = first;
    order[others.length + 1] = second;
    Shape merged = shape.without(first, second);
    Tensor squares = term.tensor().permute(order).reshape(with(merged, extent * extent));
    int[] step = new int[merged.rank() + 1];
    Arrays.fill(step, 1);
    step[merged.rank()] = extent + 1;
    Tensor diagonal = squares.slice(new int[step.length], squares.shape().dims(), step);
    List<Integer> labels = new ArrayList<>();
    Arrays.stream(others).forEach(axis -> labels.add(term.labels().get(axis)));
    labels.add(term.labels().get(first));
    return new Term(diagonal, labels);
  }

  private static Shape with(Shape shape, int last) {
    int[] extents = Arrays.copyOf(shape.dims(), shape.rank() + 1);
    extents[shape.rank()] = last;
    return Shape.of(extents);
  }

  /** Without axes of extent 1 that would be stretched to another operand's. */
  private static Term unstretched(Term term, Map<Integer, Integer> extents) {
    List<Integer> labels =
        IntStream.range(0, term.labels().size())
            .filter(i -> term.tensor().shape().dim(i) == extents.get(term.labels().get(i)))
            .mapToObj(term.labels()::get)
            .toList();
    return labels.size() == term.labels().size()
        ? term
        : new Term(term.tensor().reshape(term.extents(labels)), labels);
  }

  /** The product of two terms, summed over what is not needed any more. */
  private static Term product(Term left, Term right, List<Integer> needed) {
    Term a = left.summed(joined(needed, right.labels()));
    Term b = right.summed(joined(needed, left.labels()));
    List<Integer> shared = a.labels().stream().filter(b.labels()::contains).toList();
    List<Integer> batch = shared.stream().filter(needed::contains).toList();
    List<Integer> contracted = shared.stream().filter(l -> !needed.contains(l)).toList();
    List<Integer> rows = a.labels().stream().filter(l -> !shared.contains(l)).toList();
    List<Integer> columns = b.labels().stream().filter(l -> !shared.contains(l)).toList();
    List<Integer> result = joined(joined(batch, rows), columns);
    if (contracted.isEmpty() || (rows.isEmpty() && columns.isEmpty()) || !isFloating(a)) {
      List<Integer> all = joined(result, contracted);
      Tensor product = aligned(a, all).mul(aligned(b, all));
      return new Term(product, all).summed(result);
    }
    Tensor product =
        matrices(a, batch, rows, contracted).matmul(matrices(b, batch, contracted, columns));
    IntStream outer = Arrays.stream(a.extents(joined(batch, rows)));
    int[] extents = IntStream.concat(outer, Arrays.stream(b.extents(columns))).toArray();
    return new Term(product.reshape(Shape.of(extents)), result);
  }

  private static boolean isFloating(Term term) {
    return term.tensor().dtype().isFloating();
  }

  /** With an axis for each label: of extent 1 where the term has none. */
  private static Tensor aligned(Term term, List<Integer> all) {
    List<Integer> order = all.stream().filter(term.labels()::contains).toList();
    return term.ordered(order).tensor().reshape(Shape.of(term.extents(all)));
  }

  /** {@code [batch.., rows, columns]}: what a matrix product takes. */
  private static Tensor matrices(
      Term term, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
    Tensor ordered = term.ordered(joined(joined(batch, rows), columns)).tensor();
    int[] extents = Arrays.copyOf(term.extents(batch), batch.size() + 2);
    extents[batch.size()] = Shape.of(term.extents(rows)).size();
    extents[batch.size() + 1] = Shape.of(term.extents(columns)).size();
    return ordered.reshape(Shape.of(extents));
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
