/** Looking into a network: pictures of classes and maps of what a score depends on. */
package io.github.trimaran.vision.visualize;
