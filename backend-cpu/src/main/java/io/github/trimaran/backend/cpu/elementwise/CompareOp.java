package io.github.trimaran.backend.cpu.elementwise;

/** Elementwise comparisons of two numbers; those with NaN are false. */
public enum CompareOp {
  GREATER,
  GREATER_EQUAL,
  EQUAL
}
