/** Finds the handwritten digit on a photograph and makes it look as MNIST's digits do. */
package io.github.trimaran.vision.digits;
