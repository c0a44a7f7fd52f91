/** The backend on PyTorch, through DJL. */
package io.github.trimaran.backend.djl;
