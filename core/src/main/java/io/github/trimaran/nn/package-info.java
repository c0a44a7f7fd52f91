/** Layers, the networks made of them, their first weights and their losses. */
package io.github.trimaran.nn;
