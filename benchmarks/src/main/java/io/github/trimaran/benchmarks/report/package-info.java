/** From measured results to medians, ratios, shares of the machine's peak, tables and charts. */
package io.github.trimaran.benchmarks.report;
