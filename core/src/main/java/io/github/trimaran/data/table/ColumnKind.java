package io.github.trimaran.data.table;

/**
 * What the texts of a column mean.
 *
 * <pre>{@code
 * TableRecipe cars = TableRecipe.predicting("mpg").category("cylinders").index("name");
 * }</pre>
 */
public enum ColumnKind {
  /** Numbers: one input, standardised. */
  NUMBER,
  /** One of several: an input for each, of which one is 1 and the others 0. */
  CATEGORY,
  /** One of several, as its number from 1, for an embedding; 0 is missing. */
  INDEX
}
