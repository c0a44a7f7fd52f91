/** The shapes that are measured, and what they cost: floating-point operations and bytes. */
package io.github.trimaran.benchmarks.cost;
