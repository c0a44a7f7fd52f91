/** What a run leaves behind: {@code result.json}, plots, pictures. */
package io.github.trimaran.examples.report;
