/** Layers that go through a sequence step by step and carry a state. */
package io.github.trimaran.nn.recurrent;
