/**
 * A backend of plain nested loops, obviously correct rather than fast. It fuses nothing, so that
 * every composition above the seam runs. For tests of what stands on a backend; a model for authors
 * of one.
 */
package io.github.trimaran.naive;
