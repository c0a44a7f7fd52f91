package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Sums of products in Einstein's notation against loops over all labels. */
final class EinsumCases<A> {

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    // Of one operand.
    einsum("ij->ji", Shape.of(2, 3));
    einsum("ij", Shape.of(2, 3));
    einsum("ba", "ba->ab", Shape.of(2, 3));
    einsum("ijk->j", Shape.of(2, 3, 4));
    einsum("ij->", Shape.of(2, 3));
    einsum("ii->i", Shape.of(4, 4));
    einsum("ii", "ii->", Shape.of(4, 4));
    einsum("iji->ji", Shape.of(3, 2, 3));
    einsum("iijj->ij", Shape.of(2, 2, 3, 3));
    einsum("iii->i", Shape.of(3, 3, 3));
    einsum("...ij->...ji", "abij->abji", Shape.of(2, 3, 4, 5));
    einsum("i...->...", "iab->ab", Shape.of(2, 3, 4));
    einsum("i...j->ij", "iabj->ij", Shape.of(2, 3, 4, 5));
    // Of two.
    einsum("ij,jk->ik", Shape.of(2, 3), Shape.of(3, 4));
    einsum("ij,jk", "ij,jk->ik", Shape.of(2, 3), Shape.of(3, 4));
    einsum("ij,kj->ki", Shape.of(2, 3), Shape.of(4, 3));
    einsum("i,i->", Shape.of(5), Shape.of(5));
    einsum("i,j->ij", Shape.of(3), Shape.of(4));
    einsum("i,j->ji", Shape.of(3), Shape.of(4));
    einsum("ij,ij->ij", Shape.of(2, 3), Shape.of(2, 3));
    einsum("ij,ij->i", Shape.of(2, 3), Shape.of(2, 3));
    einsum("ij,j->i", Shape.of(2, 3), Shape.of(3));
    einsum(",ij->ij", Shape.scalar(), Shape.of(2, 3));
    einsum("bij,bjk->bik", Shape.of(2, 3, 4), Shape.of(2, 4, 5));
    einsum("bhqd,bhkd->bhqk", Shape.of(2, 3, 4, 5), Shape.of(2, 3, 6, 5));
    einsum("bqhd,bkhd->bhqk", Shape.of(2, 4, 3, 5), Shape.of(2, 6, 3, 5));
    einsum("abcd,cdbe->ae", Shape.of(2, 3, 4, 2), Shape.of(4, 2, 3, 5));
    einsum("ijk,kl->l", Shape.of(2, 3, 4), Shape.of(4, 5));
    einsum("iij,jk->ik", Shape.of(3, 3, 2), Shape.of(2, 4));
    einsum("ij,jk->ik", Shape.of(2, 1), Shape.of(3, 4));
    einsum("ij,ij->ij", Shape.of(2, 1), Shape.of(1, 3));
    einsum("...ij,...jk->...ik", "abij,bjk->abik", Shape.of(2, 3, 4, 5), Shape.of(3, 5, 2));
    einsum("...ij,...jk", "abij,abjk->abik", Shape.of(2, 1, 4, 5), Shape.of(1, 3, 5, 2));
    einsum("n..., ...n -> n...", "nab,abn->nab", Shape.of(2, 3, 4), Shape.of(3, 4, 2));
    // Of more.
    einsum("i,j,k->ijk", Shape.of(2), Shape.of(3), Shape.of(4));
    einsum("ij,jk,kl->il", Shape.of(2, 3), Shape.of(3, 4), Shape.of(4, 5));
    einsum("bi,ijk,bk->bj", Shape.of(2, 3), Shape.of(3, 4, 5), Shape.of(2, 5));
    einsum("ij,ij,ij->", Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3));
    einsum("ai,bi,ci,di->abcd", Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3));
    // With nothing in them.
    einsum("ij,jk->ik", Shape.of(2, 0), Shape.of(0, 4));
    einsum("ij,jk->ik", Shape.of(0, 3), Shape.of(3, 4));
    einsum("ii->i", Shape.of(0, 0));
  }

  private void einsum(String formula, Shape... shapes) {
    einsum(formula, formula.contains("->") ? formula : formula + "->" + formula, shapes);
  }

  /** The second formula is the first as loops have it: explicit, and without ellipses. */
  private void einsum(String formula, String loops, Shape... shapes) {
    String name = formula + " of " + List.of(shapes);
    Operation<A> operation =
        Operation.composed(
            x -> Tensor.einsum(formula, x.toArray(new Tensor[0])),
            x -> byLoops(loops, x),
            Tolerance.accumulated(x -> x.stream().mapToInt(g -> g.shape().size()).max().orElse(1)));
    Function<Probe<A>, HostArray[]> operands =
        p -> {
          HostArray[] values = new HostArray[shapes.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = p.values(shapes[i].dims());
          }
          return values;
        };
    catalogue.add("einsum", Catalogue.FLOATS, name, p -> p.check(operation, operands.apply(p)));
    catalogue.add("einsum", DType.INT64, name, p -> p.checkMixed(operation, operands.apply(p)));
    if (shapes[0].size() > 0) {
      GradientCases.add(catalogue, "einsum", name, operation, operands);
    }
  }

  private static Grid byLoops(String formula, List<Grid> operands) {
    String[] sides = formula.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    Map<Character, Integer> extents = new LinkedHashMap<>();
    for (char label : sides[1].toCharArray()) {
      extents.put(label, 1);
    }
    for (int i = 0; i < terms.length; i++) {
      for (int axis = 0; axis < terms[i].length(); axis++) {
        int extent = operands.get(i).dim(axis);
        extents.merge(terms[i].charAt(axis), extent, (known, more) -> known == 1 ? more : known);
      }
    }
    String labels = String.join("", extents.keySet().stream().map(String::valueOf).toList());
    int kept = sides[1].length();
    Shape inner = shape(extents, labels.substring(kept));
    return Grid.fill(
        shape(extents, labels.substring(0, kept)),
        operands.get(0).dtype(),
        outer -> {
          double sum = 0;
          for (int n = 0; n < inner.size(); n++) {
            int[] index = java.util.Arrays.copyOf(outer, labels.length());
            System.arraycopy(Grid.index(inner, n), 0, index, kept, inner.rank());
            double product = 1;
            for (int i = 0; i < terms.length; i++) {
              int[] own = terms[i].chars().map(label -> index[labels.indexOf(label)]).toArray();
              product *= operands.get(i).stretchedAt(own);
            }
            sum += product;
          }
          return sum;
        });
  }

  private static Shape shape(Map<Character, Integer> extents, String labels) {
    List<Integer> dims = new ArrayList<>();
    for (char label : labels.toCharArray()) {
      dims.add(extents.get(label));
    }
    return Shape.of(dims.stream().mapToInt(i -> i).toArray());
  }
}
