/**
 * Sums, maxima, orders, softmax, normalisation: what elements along axes have to do with each
 * other. Internal: public only for the other rooms of the backend.
 */
package io.github.trimaran.backend.cpu.reduction;
