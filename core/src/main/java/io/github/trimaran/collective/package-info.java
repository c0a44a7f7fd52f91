/**
 * What several workers that train one model do together: sums over all of them, broadcasts,
 * gathering and waiting for one another. It knows numbers and bytes only, and no other package.
 */
package io.github.trimaran.collective;
