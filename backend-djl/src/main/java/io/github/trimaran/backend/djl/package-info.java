/**
 * The backend on PyTorch, through DJL.
 *
 * <p>On Linux the threads of PyTorch's OpenMP are told to sleep soon when they wait, by the
 * environment variable {@code GOMP_SPINCOUNT=1000}, so that two programs share a machine. Who sets
 * that variable or {@code OMP_WAIT_POLICY} decides otherwise.
 */
package io.github.trimaran.backend.djl;
