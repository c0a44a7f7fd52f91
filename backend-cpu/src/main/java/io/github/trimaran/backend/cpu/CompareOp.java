package io.github.trimaran.backend.cpu;

/** Elementwise comparisons of two numbers; those with NaN are false. */
enum CompareOp {
  GREATER,
  GREATER_EQUAL,
  EQUAL
}
