package io.github.trimaran.backend.cpu.elementwise;

/** Elementwise operations on one number, some with a constant. */
public enum UnaryOp {
  NEG,
  ABS,
  SIGN,
  ADD_SCALAR,
  MUL_SCALAR,
  DIV_SCALAR,
  EXP,
  LOG,
  SQRT,
  SIN,
  COS,
  TANH,
  ERF,
  POW_SCALAR,
  RELU,
  SIGMOID,
  GELU
}
