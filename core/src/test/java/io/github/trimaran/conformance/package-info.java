/**
 * What every backend must do, as cases that run through the backend interface and through tensors.
 * A backend's tests extend {@link io.github.trimaran.conformance.BackendConformance} in one line.
 *
 * <p>What is expected comes from values worked out by hand and from the naive definitions in this
 * package ({@code *Oracles}), never from a backend.
 */
package io.github.trimaran.conformance;
