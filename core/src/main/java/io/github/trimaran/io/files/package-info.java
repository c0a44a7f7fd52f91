/** Files written whole or not at all, and checksums. */
package io.github.trimaran.io.files;
