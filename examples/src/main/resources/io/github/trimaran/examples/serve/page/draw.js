// The view Draw: what is on the paper is sent while it changes, and the answer shown.

import { ask, onReachable, Refusal } from "/api.js";
import { sentence, showLabel, showProbabilities } from "/answers.js";
import { forgetDigit, showDigit, startCorrections } from "/corrections.js";
import { onDrawing, paper } from "/drawing.js";
import { bytesOf, drawDifference, drawGrey, drawLayer, drawNothing, drawVeiled } from "/pictures.js";
import { shownView } from "/views.js";

const $ = (id) => document.getElementById(id);

// While a stroke goes on the answer need not be newer: eyes see no more, and others draw as well.
const PAUSE_MILLISECONDS = 100;

let last = null;
let classes = [];
let asking = false;
let stale = false;

export function startDraw() {
  onDrawing({ changed: () => isShown() && look(), trouble: (text) => isShown() && say(text) });
  $("saliency").onchange = showSeen;
  $("change").onclick = change;
  onReachable((now) => now && isShown() && look());
  startCorrections({
    changed: look,
    network: (network) => {
      classes = network.classes;
      if (!last) showProbabilities($("probabilities"), classes, null);
    },
  });
}

const isShown = () => shownView().id === "draw";

// ---- answers ------------------------------------------------------------------------------------

/** One question at a time; what changed meanwhile is asked next, at once when a stroke is done. */
async function look() {
  stale = asking;
  if (asking) return;
  asking = true;
  const next = performance.now() + PAUSE_MILLISECONDS;
  $("paper").setAttribute("aria-busy", "true");
  try {
    if (paper.isEmpty) forget("Nothing is drawn yet.");
    else showAnswer(await ask("POST", "digits", await paper.blob()));
  } catch (e) {
    // Half a digit is often none.
    if (e instanceof Refusal) forget(paper.stroke ? "Go on …" : sentence(e.message));
  }
  while (paper.stroke && performance.now() < next) await new Promise((done) => setTimeout(done, 10));
  asking = false;
  if (stale) await look();
  else $("paper").removeAttribute("aria-busy");
}

function say(text) {
  const quiet = document.createElement("span");
  quiet.className = "quiet";
  quiet.textContent = text;
  $("answer").replaceChildren(quiet);
}

function forget(why) {
  last = null;
  forgetDigit();
  say(why);
  showProbabilities($("probabilities"), classes, null);
  $("time").textContent = "";
  $("change").disabled = true;
  $("change-box").hidden = true;
  drawGrey($("seen"), new Uint8Array(784));
  $("seen").setAttribute("aria-label", "What the network sees: nothing yet");
  // They stay where they are, so that nothing jumps under the hand that draws.
  for (const canvas of $("layers").querySelectorAll("canvas")) drawNothing(canvas);
}

function showAnswer(answer) {
  last = answer;
  showDigit(answer);
  const best = answer.classes.indexOf(answer.label);
  showLabel($("answer"), answer.label, answer.probabilities[best]);
  showProbabilities($("probabilities"), answer.classes, answer.probabilities);
  $("time").textContent = "Answered in " + answer.milliseconds.toFixed(1) + " ms.";
  $("change").disabled = false;
  $("change-box").hidden = true;
  showSeen();
  showLayers(answer.layers);
}

function showSeen() {
  if (!last) return;
  const seen = bytesOf(last.seen);
  if ($("saliency").checked) drawVeiled($("seen"), seen, bytesOf(last.saliency));
  else drawGrey($("seen"), seen);
  $("seen").setAttribute("aria-label", "What the network sees: the digit, 28 by 28 pixels, taken for a " + last.label);
}

function showLayers(layers) {
  const box = $("layers");
  if (box.children.length !== layers.length) {
    box.replaceChildren(
      ...layers.map(() => {
        const figure = document.createElement("figure");
        const canvas = document.createElement("canvas");
        canvas.setAttribute("role", "img");
        figure.append(canvas, document.createElement("figcaption"));
        return figure;
      }),
    );
  }
  layers.forEach((layer, i) => {
    const [canvas, caption] = box.children[i].children;
    const text = layer.name + ": " + layer.kind + ", " + layer.values.shape.join(" × ");
    canvas.setAttribute("aria-label", "What " + text + " gives");
    caption.textContent = text;
    drawLayer(canvas, layer.values);
  });
}

async function change() {
  const asked = last;
  try {
    showChange(asked, await ask("POST", "changes", { seen: asked.seen.bytes }));
  } catch (e) {
    if (!(e instanceof Refusal)) return;
    $("change-text").textContent = sentence(e.message);
    $("change-box").hidden = false;
  }
}

function showChange(asked, found) {
  if (last !== asked) return;
  $("change-box").hidden = false;
  drawGrey($("changed"), bytesOf(found.seen));
  drawDifference($("difference"), bytesOf(asked.seen), bytesOf(found.seen));
  $("change-text").textContent =
    "The smallest change that was found turns the answer from " + found.from + " to " + found.to +
    ". It is as large as turning " + found.distance.toFixed(2) + " of the 784 pixels from black to white" +
    " (root of the sum of squares). Networks see other things than we do: to you it is the same digit.";
}
