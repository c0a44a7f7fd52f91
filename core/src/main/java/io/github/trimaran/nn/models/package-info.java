/** Whole networks, built from the layers of {@link io.github.trimaran.nn}. */
package io.github.trimaran.nn.models;
