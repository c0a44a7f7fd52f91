package io.github.trimaran.onnx.write;

/**
 * A free axis of an input, and what follows it: other inputs may share it.
 *
 * @param name as the file has it: {@code "batch"}
 * @param input the first input that has it
 * @param axis which of its axes
 * @param extents in each run
 * @param bounded whether no larger extent than the example's is promised
 */
record Symbol(String name, Item input, int axis, int[] extents, boolean bounded) {}
