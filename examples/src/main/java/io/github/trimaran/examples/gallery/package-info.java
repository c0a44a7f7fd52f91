/**
 * Programs beyond the course, each a whole piece of work in one file that reads as its
 * documentation.
 */
package io.github.trimaran.examples.gallery;
