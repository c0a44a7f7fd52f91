package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a summation formula says of given operands. Labels are letters; the axes under an ellipsis
 * have the labels ..., -2, -1, so that they are aligned at the last.
 *
 * @param inputs the labels of each operand's axes
 * @param output the labels of the result's axes
 * @param extents of each label
 */
record EinsumEquation(
    List<List<Integer>> inputs, List<Integer> output, Map<Integer, Integer> extents) {

  private static final String ELLIPSIS = "...";

  static EinsumEquation parse(String formula, List<Shape> shapes) {
    String compact = formula.replace(" ", "");
    int arrow = compact.indexOf("->");
    String[] terms = (arrow < 0 ? compact : compact.substring(0, arrow)).split(",", -1);
    if (terms.length != shapes.size()) {
      throw error(
          formula, "names " + terms.length + " operands, " + shapes.size() + " given", shapes);
    }
    List<List<Integer>> inputs = new ArrayList<>();
    int broadcast = 0;
    for (int i = 0; i < terms.length; i++) {
      int under = shapes.get(i).rank() - letters(formula, terms[i]).length();
      if (under < 0 || (under > 0 && !terms[i].contains(ELLIPSIS))) {
        throw error(formula, "'" + terms[i] + "' does not fit " + shapes.get(i), shapes);
      }
      broadcast = Math.max(broadcast, under);
      inputs.add(labels(terms[i], under));
    }
    Map<Integer, Integer> extents = extents(formula, inputs, shapes);
    List<Integer> output =
        arrow < 0
            ? implicitOutput(inputs, broadcast)
            : labels(compact.substring(arrow + 2), broadcast);
    if (arrow >= 0) {
      checkOutput(formula, compact.substring(arrow + 2), output, extents, shapes);
    }
    return new EinsumEquation(inputs, output, extents);
  }

  /** The letters of a term, checked. */
  private static String letters(String formula, String term) {
    String letters = term.replaceFirst("\\.\\.\\.", "");
    if (!letters.matches("[A-Za-z]*")) {
      throw new IllegalArgumentException(
          "einsum: '"
              + formula
              + "' may hold letters, commas, '...' and '->' only, not '"
              + term
              + "'");
    }
    return letters;
  }

  private static List<Integer> labels(String term, int underEllipsis) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < term.length(); i++) {
      if (term.startsWith(ELLIPSIS, i)) {
        for (int axis = -underEllipsis; axis < 0; axis++) {
          labels.add(axis);
        }
        i += ELLIPSIS.length() - 1;
      } else {
        labels.add((int) term.charAt(i));
      }
    }
    return labels;
  }

  private static Map<Integer, Integer> extents(
      String formula, List<List<Integer>> inputs, List<Shape> shapes) {
    Map<Integer, Integer> extents = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      for (int axis = 0; axis < inputs.get(i).size(); axis++) {
        int label = inputs.get(i).get(axis);
        int extent = shapes.get(i).dim(axis);
        int known = extents.getOrDefault(label, 1);
        if (known != 1 && extent != 1 && known != extent) {
          throw error(formula, name(label) + " is " + known + " and " + extent, shapes);
        }
        extents.put(label, known == 1 ? extent : known);
      }
    }
    return extents;
  }

  /** What is under ellipses, then the letters that occur once, in alphabetical order. */
  private static List<Integer> implicitOutput(List<List<Integer>> inputs, int broadcast) {
    Map<Integer, Integer> uses = new TreeMap<>();
    inputs.forEach(labels -> labels.forEach(label -> uses.merge(label, 1, Integer::sum)));
    List<Integer> output = labels(ELLIPSIS, broadcast);
    uses.forEach(
        (label, count) -> {
          if (label > 0 && count == 1) {
            output.add(label);
          }
        });
    return output;
  }

  private static void checkOutput(
      String formula,
      String term,
      List<Integer> output,
      Map<Integer, Integer> extents,
      List<Shape> shapes) {
    letters(formula, term);
    for (int label : output) {
      if (!extents.containsKey(label)) {
        throw error(formula, name(label) + " of the result is in no operand", shapes);
      }
      if (output.indexOf(label) != output.lastIndexOf(label)) {
        throw error(formula, name(label) + " is twice in the result", shapes);
      }
    }
  }

  private static String name(int label) {
    return label < 0 ? "axis " + label + " of '...'" : "'" + (char) label + "'";
  }

  private static IllegalArgumentException error(String formula, String reason, List<Shape> shapes) {
    String all = String.join(", ", shapes.stream().map(Shape::toString).toList());
    return new IllegalArgumentException("einsum: '" + formula + "': " + reason + " (" + all + ")");
  }
}
