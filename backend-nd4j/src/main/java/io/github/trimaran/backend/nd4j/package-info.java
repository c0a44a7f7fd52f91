/** The backend on ND4J's native library: libnd4j with oneDNN, and OpenBLAS. */
package io.github.trimaran.backend.nd4j;
