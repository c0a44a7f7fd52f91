// The view Compare: the drawing on every backend, side by side, asked when a stroke is done.

import { ask, onReachable, Refusal } from "/api.js";
import { sentence, showLabel, showProbabilities } from "/answers.js";
import { onDrawing, paper } from "/drawing.js";
import { shownView } from "/views.js";

const AGAIN_MILLISECONDS = 1000;

const $ = (id) => document.getElementById(id);
let asking = false;
let stale = false;

export function startCompare() {
  onDrawing({
    changed: () => {
      if (isShown() && !paper.stroke) compare();
    },
    trouble: (text) => isShown() && say(text),
  });
  onReachable((now) => now && isShown() && compare());
}

const isShown = () => shownView().id === "compare";

function say(text) {
  $("compare-note").textContent = text;
}

async function compare() {
  stale = asking;
  if (asking) return;
  asking = true;
  const cards = $("backends");
  cards.setAttribute("aria-busy", "true");
  if (!cards.children.length) say("Starting the backends, once …");
  try {
    show(await ask("POST", "comparisons", await drawing()));
  } catch (e) {
    if (e instanceof Refusal && e.status === 503) setTimeout(compare, AGAIN_MILLISECONDS);
    else if (e instanceof Refusal) forget(sentence(e.message));
  } finally {
    asking = false;
  }
  if (stale) await compare();
  else cards.removeAttribute("aria-busy");
}

/** An empty paper is asked about as well: who looks sees which backends there are. */
async function drawing() {
  return paper.isEmpty ? { seen: btoa("\0".repeat(784)) } : paper.blob();
}

function forget(why) {
  say(why);
  for (const card of $("backends").querySelectorAll(".card:not(.missing)")) {
    blank(card, [...card.querySelectorAll(".name")].map((name) => name.textContent));
    card.querySelector(".difference").textContent = "–";
  }
}

function show(comparison) {
  const empty = paper.isEmpty;
  const there = comparison.backends.filter((side) => !side.missing);
  const most = Math.max(...there.map((side) => side.largest_difference));
  say(
    empty
      ? "Draw a digit: every backend here is asked about it."
      : there.length === 1
        ? "Only " + comparison.reference + " is here; nothing to compare it with."
        : "All " + there.length + " agree within " + scientific(most) + " in each probability.",
  );
  const box = $("backends");
  while (box.children.length < comparison.backends.length) box.append(card());
  comparison.backends.forEach((side, i) => fill(box.children[i], side, comparison, empty));
}

function card() {
  const made = document.createElement("div");
  made.className = "card";
  made.innerHTML =
    '<h3></h3><p class="quiet device"></p><div class="result"><p class="label"></p>' +
    '<ol class="probabilities"></ol><dl><dt>Time</dt><dd class="time"></dd>' +
    '<dt>Differs by</dt><dd class="difference"></dd></dl></div>';
  return made;
}

function fill(made, side, comparison, empty) {
  const part = (name) => made.querySelector(name);
  made.classList.toggle("missing", Boolean(side.missing));
  part("h3").textContent = side.name;
  part(".device").textContent = side.missing ? sentence(side.missing) : side.device;
  part(".result").hidden = Boolean(side.missing);
  if (side.missing) return;
  const list = part(".probabilities");
  list.setAttribute("aria-label", "How probable each digit is to " + side.name);
  if (empty) blank(made, comparison.classes);
  else {
    showLabel(part(".label"), side.label, Math.max(...side.probabilities));
    showProbabilities(list, comparison.classes, side.probabilities);
    part(".time").textContent = side.milliseconds.toFixed(2) + " ms";
  }
  part(".difference").textContent =
    side.name === comparison.reference ? "reference" : empty ? "–" : scientific(side.largest_difference);
}

/** As large as with an answer. */
function blank(made, classes) {
  made.querySelector(".label").textContent = "";
  showProbabilities(made.querySelector(".probabilities"), classes, null);
  made.querySelector(".time").textContent = "–";
}

/** 0.00000012 as 1.2 × 10⁻⁷. */
function scientific(value) {
  if (value === 0) return "0";
  const [digits, exponent] = value.toExponential(1).split("e");
  const raised = [...exponent.replace("+", "")].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c])).join("");
  return digits + " × 10" + raised;
}
