/** The exercises of the course, one class each, by their numbers. */
package io.github.trimaran.examples.exercise;
