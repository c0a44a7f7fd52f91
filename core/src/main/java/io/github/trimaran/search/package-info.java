/**
 * A search for good settings: a declared space, candidates drawn from it, successive halving, and a
 * log from which a killed search goes on. It knows nothing of networks.
 */
package io.github.trimaran.search;
