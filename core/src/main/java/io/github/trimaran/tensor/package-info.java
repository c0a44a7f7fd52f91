/**
 * What every user touches: tensors, the scopes that own their memory, and the operations on them.
 * Each operation is written in one place, its forward call beside its derivative rule, the latter
 * in recorded tensor operations, so that derivatives can be differentiated again.
 */
package io.github.trimaran.tensor;
