/**
 * Operations on each number by itself, with broadcasting, and the updates of optimisers. Internal:
 * public only for the other rooms of the backend.
 */
package io.github.trimaran.backend.cpu.elementwise;
