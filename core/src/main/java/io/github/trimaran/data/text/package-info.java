/** Text as samples: files in a stated encoding, vocabularies of characters or bytes. */
package io.github.trimaran.data.text;
