/**
 * Data that needs no files: digits and colour images that this library draws itself, the same on
 * every machine.
 */
package io.github.trimaran.data.embedded;
