/** Pictures in and out of files, and to and from arrays of pixels. */
package io.github.trimaran.vision.image;
