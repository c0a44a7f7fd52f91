// Which weights of SqueezeNet there are, and how better ones can be had.

import { ask, Refusal } from "/api.js";
import { sentence } from "/answers.js";

/** Tells it in a paragraph; the answer is null where there are none. */
export async function showWeights(box) {
  try {
    const weights = await ask("GET", "weights");
    box.textContent = "Weights: " + weights.name + " (" + weights.source + "). " + (weights.note ? weights.note + "." : "");
    return weights;
  } catch (e) {
    if (e instanceof Refusal) box.textContent = sentence(e.message);
    return null;
  }
}
