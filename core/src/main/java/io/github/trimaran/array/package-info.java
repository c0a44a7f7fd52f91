/**
 * What an array is, whoever computes with it: shape, element type, window geometry, host values.
 */
package io.github.trimaran.array;
