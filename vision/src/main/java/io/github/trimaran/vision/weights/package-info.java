/** Weight formats whose readers need a library. */
package io.github.trimaran.vision.weights;
