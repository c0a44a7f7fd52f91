/** Where the commands' data comes from: local files, a download, or the embedded default. */
package io.github.trimaran.examples.datasets;
