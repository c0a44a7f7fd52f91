/** Artistic style transfer (Gatys, Ecker and Bethge 2016) by the features of SqueezeNet. */
package io.github.trimaran.vision.style;
