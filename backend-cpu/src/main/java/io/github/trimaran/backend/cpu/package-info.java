/**
 * The pure-Java backend. This package alone is for users: {@link
 * io.github.trimaran.backend.cpu.CpuBackend} and the provider that {@link java.util.ServiceLoader}
 * finds. Its rooms are public only so that they can see each other; they may change at any time.
 *
 * <p>From the bottom up, each room uses those before it:
 *
 * <ol>
 *   <li>{@code memory}: arrays, strides and buffers, and the threads;
 *   <li>{@code kernels}: the innermost loops of products, chosen once for the machine;
 *   <li>{@code elementwise}: operations on each number by itself, and the updates of optimisers;
 *   <li>{@code reduction}: what elements along axes have to do with each other;
 *   <li>{@code product}: the one matrix product;
 *   <li>{@code convolution}: convolution as a product with a strided view, and pooling.
 * </ol>
 *
 * <p>Read it in this order: {@code Layout} (strides, and why most movements of data cost nothing),
 * {@code Buffers} (memory that is lent and taken back), {@code Elementwise}, {@code Offsets} and
 * {@code Matrix} (addresses as a sum of two table entries), {@code Im2col} (the convolution as a
 * strided view), {@code MatrixMultiply} with {@code Plan} and {@code FloatBlock} (the one matrix
 * product), {@code VectorFloatBlock} (its innermost loop).
 */
package io.github.trimaran.backend.cpu;
