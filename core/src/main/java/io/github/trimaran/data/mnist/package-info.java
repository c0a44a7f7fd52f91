/** MNIST, and other sets in its format: IDX files, plain or compressed. */
package io.github.trimaran.data.mnist;
