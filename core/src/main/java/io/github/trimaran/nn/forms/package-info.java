/** The forms of models, written as JSON and read again. */
package io.github.trimaran.nn.forms;
