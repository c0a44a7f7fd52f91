/** Attention, the transformer's layers, and what tells them positions apart. */
package io.github.trimaran.nn.attention;
