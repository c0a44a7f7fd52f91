/** Tables as samples: CSV, columns of numbers and categories, and their preparation. */
package io.github.trimaran.data.table;
