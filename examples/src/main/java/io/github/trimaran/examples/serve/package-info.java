/** The page in the browser and the JSON interface beneath it; see {@code docs/serve.md}. */
package io.github.trimaran.examples.serve;
