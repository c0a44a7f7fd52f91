/**
 * The pure-Java backend.
 *
 * <p>Read it in this order: {@code Layout} (strides, and why most movements of data cost nothing),
 * {@code Buffers} (memory that is lent and taken back), {@code Elementwise}, {@code Offsets} and
 * {@code Matrix} (addresses as a sum of two table entries), {@code Im2col} (the convolution as a
 * strided view), {@code MatrixMultiply} with {@code Plan} and {@code FloatBlock} (the one matrix
 * product), {@code VectorFloatBlock} (its innermost loop).
 */
package io.github.trimaran.backend.cpu;
