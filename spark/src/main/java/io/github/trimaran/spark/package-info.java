/**
 * Search, data-parallel training and prediction on Apache Spark, which schedules, moves data and
 * restarts: what is computed is the library's own, to the same numbers.
 */
package io.github.trimaran.spark;
