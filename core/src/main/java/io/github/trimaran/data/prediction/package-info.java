/**
 * What stands before and behind a model that answers questions: from what users have to arrays, and
 * from arrays to what they want; saved with the model.
 */
package io.github.trimaran.data.prediction;
