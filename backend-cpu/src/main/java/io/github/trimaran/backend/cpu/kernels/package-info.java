/**
 * The innermost loops of matrix products, for the Vector API and in plain Java. Internal: public
 * only for the other rooms of the backend.
 */
package io.github.trimaran.backend.cpu.kernels;
