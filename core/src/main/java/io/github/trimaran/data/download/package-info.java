/** Published files over HTTP: checked, resumed, and in place only when whole. */
package io.github.trimaran.data.download;
