/** Networks that see pictures, as style transfer, saliency and class visualisation ask them. */
package io.github.trimaran.vision.network;
