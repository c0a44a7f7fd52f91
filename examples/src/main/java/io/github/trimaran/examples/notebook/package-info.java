/** A kernel for Jupyter: Java in notebooks, with everything of Trimaran imported. */
package io.github.trimaran.examples.notebook;
