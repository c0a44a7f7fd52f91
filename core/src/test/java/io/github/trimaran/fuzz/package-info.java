/** What the fuzz tests of the parsers share. */
package io.github.trimaran.fuzz;
