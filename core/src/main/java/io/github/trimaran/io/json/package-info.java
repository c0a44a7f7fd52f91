/** JSON in and out, as far as result files, checkpoints and headers of weights need it. */
package io.github.trimaran.io.json;
