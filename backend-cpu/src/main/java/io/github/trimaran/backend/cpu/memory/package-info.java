/**
 * Arrays, their layouts and buffers, and the threads that share the work. Internal: public only for
 * the other rooms of the backend.
 */
package io.github.trimaran.backend.cpu.memory;
