/** Runs that make pictures: style transfer and class visualisation, with their results. */
package io.github.trimaran.examples.pictures;
