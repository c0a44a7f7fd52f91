/** Static pages of the documentation: start with {@link io.github.trimaran.site.Site}. */
package io.github.trimaran.site;
