/** The seam to what computes: the interface a backend implements, and how one is selected. */
package io.github.trimaran.backend;
