// The paper with its tools. There is one, which moves to whichever view shows a drawing.

import { Paper } from "/paper.js";
import { onView } from "/views.js";

const $ = (id) => document.getElementById(id);
const listeners = [];

/** The one paper. */
export let paper;

/**
 * Calls changed() when the drawing changes, also while a stroke goes on, and trouble(text) when a
 * picture cannot be put on it.
 */
export function onDrawing(listener) {
  listeners.push(listener);
}

export function startDrawing() {
  paper = new Paper($("paper"), changed);
  $("pen").onclick = () => paper.choose(false);
  $("eraser").onclick = () => paper.choose(true);
  $("undo").onclick = () => paper.undo();
  $("redo").onclick = () => paper.redo();
  $("clear").onclick = () => paper.clear();
  $("file").onchange = (e) => open(e.target.files[0]);
  listenForPictures();
  addEventListener("themechange", () => paper.paint());
  onView((view) => {
    const place = view.querySelector(".paper-place");
    if (place) place.append($("paper-column"));
    if (place) changed();
  });
  showTools();
}

function changed() {
  if (!paper) return;
  showTools();
  listeners.forEach((listener) => listener.changed());
}

function showTools() {
  $("pen").setAttribute("aria-pressed", String(!paper.erasing));
  $("eraser").setAttribute("aria-pressed", String(paper.erasing));
  $("undo").disabled = paper.isEmpty;
  $("redo").disabled = paper.undone.length === 0;
  $("clear").disabled = paper.isEmpty;
  $("paper-hint").hidden = !paper.isEmpty;
}

function listenForPictures() {
  const box = $("paper");
  // Also beside the paper: a browser would show the file in place of the page, and the drawing is gone.
  addEventListener("dragover", (e) => {
    e.preventDefault();
    box.classList.add("over");
  });
  addEventListener("dragleave", () => box.classList.remove("over"));
  addEventListener("drop", (e) => {
    e.preventDefault();
    box.classList.remove("over");
    if (box.checkVisibility()) open(e.dataTransfer.files[0]);
  });
  addEventListener("paste", (e) => {
    if (box.checkVisibility()) open(e.clipboardData.files[0]);
  });
}

async function open(file) {
  if (!file) return;
  try {
    await paper.show(file);
  } catch {
    listeners.forEach((listener) => listener.trouble("This is no picture that the browser can read."));
  }
  $("file").value = "";
}
