package io.github.trimaran.backend.cpu.elementwise;

/** Elementwise operations on two numbers. */
public enum BinaryOp {
  ADD,
  SUB,
  MUL,
  DIV,
  MAXIMUM,
  MINIMUM,
  POW
}
