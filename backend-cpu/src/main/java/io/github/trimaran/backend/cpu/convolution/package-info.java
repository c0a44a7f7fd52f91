/** Convolution and pooling. Internal: public only for the other rooms of the backend. */
package io.github.trimaran.backend.cpu.convolution;
