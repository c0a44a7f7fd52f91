/** Seeded randomness, the same on every machine. */
package io.github.trimaran.random;
