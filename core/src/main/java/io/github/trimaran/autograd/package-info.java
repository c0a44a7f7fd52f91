/** Reverse-mode differentiation over the recorded graph, and its check by finite differences. */
package io.github.trimaran.autograd;
