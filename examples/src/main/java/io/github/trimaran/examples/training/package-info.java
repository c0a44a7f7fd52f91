/** Training, saving and measuring image classifiers, as the command line's options have it. */
package io.github.trimaran.examples.training;
