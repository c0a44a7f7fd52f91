/** One file to look at: {@code report.html}, made from one {@code result.json} or several. */
package io.github.trimaran.examples.report.html;
