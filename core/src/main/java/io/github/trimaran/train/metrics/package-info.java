/** How good outputs are, as numbers that people read: accuracy, F1, area under ROC, errors, ... */
package io.github.trimaran.train.metrics;
