package io.github.trimaran.backend.cpu;

/** Elementwise operations on two numbers. */
enum BinaryOp {
  ADD,
  SUB,
  MUL,
  DIV,
  MAXIMUM,
  MINIMUM,
  POW
}
