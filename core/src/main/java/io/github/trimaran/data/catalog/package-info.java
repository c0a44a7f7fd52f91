/** Which data there is, where it lies, and how it is chosen: real, embedded, or what is there. */
package io.github.trimaran.data.catalog;
