/**
 * The matrix product, and how it is cut into blocks. Internal: public only for the other rooms of
 * the backend.
 */
package io.github.trimaran.backend.cpu.product;
