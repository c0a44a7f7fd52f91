/** CIFAR-10 in its binary layout, the original and the recompressed one told apart. */
package io.github.trimaran.data.cifar;
