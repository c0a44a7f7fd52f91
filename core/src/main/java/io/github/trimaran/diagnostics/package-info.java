/**
 * Decorators of a backend that look at what passes through it: time by operation, and agreement.
 */
package io.github.trimaran.diagnostics;
