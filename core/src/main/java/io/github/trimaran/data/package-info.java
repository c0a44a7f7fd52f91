/**
 * Labelled images on the host, and how they become batches: splits, seeded shuffles, normalisation,
 * augmentation. The packages below read, draw and download them.
 */
package io.github.trimaran.data;
