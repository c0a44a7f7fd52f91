/** Folders of pictures as samples. */
package io.github.trimaran.vision.data;
