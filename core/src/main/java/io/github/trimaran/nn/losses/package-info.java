/** What training makes small: losses with PyTorch's names, defaults and numbers. */
package io.github.trimaran.nn.losses;
