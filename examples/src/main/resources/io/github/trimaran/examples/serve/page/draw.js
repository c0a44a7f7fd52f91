// The view Draw: what is on the paper is sent while it changes, and the answer shown.

import { ask, follow, onReachable, Refusal } from "/api.js";
import { Paper } from "/paper.js";
import { base64, bytesOf, drawDifference, drawGrey, drawLayer, drawVeiled } from "/pictures.js";

const $ = (id) => document.getElementById(id);
const percent = (share) => (100 * share).toFixed(1) + " %";

let paper;
let last = null;
let asking = false;
let stale = false;

export function startDraw() {
  paper = new Paper($("paper"), () => {
    showTools();
    look();
  });
  $("pen").onclick = () => paper.choose(false);
  $("eraser").onclick = () => paper.choose(true);
  $("undo").onclick = () => paper.undo();
  $("redo").onclick = () => paper.redo();
  $("clear").onclick = () => paper.clear();
  $("file").onchange = (e) => open(e.target.files[0]);
  $("saliency").onchange = showSeen;
  $("change").onclick = change;
  $("tune").onclick = tune;
  $("restore").onclick = async () => show(() => ask("DELETE", "network"));
  listenForPictures();
  addEventListener("themechange", () => paper.paint());
  onReachable((now) => now && look());
  showTools();
  showNetwork();
  showCorrections();
  goOnWatching();
}

// ---- pictures of one's own ----------------------------------------------------------------------

function listenForPictures() {
  const box = $("paper");
  box.addEventListener("dragover", (e) => {
    e.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (e) => {
    e.preventDefault();
    box.classList.remove("over");
    open(e.dataTransfer.files[0]);
  });
  addEventListener("paste", (e) => open(e.clipboardData.files[0]));
}

async function open(file) {
  if (!file) return;
  try {
    await paper.show(file);
  } catch {
    say("This is no picture that the browser can read.");
  }
  $("file").value = "";
}

function showTools() {
  if (!paper) return;
  $("pen").setAttribute("aria-pressed", String(!paper.erasing));
  $("eraser").setAttribute("aria-pressed", String(paper.erasing));
  $("undo").disabled = paper.isEmpty;
  $("redo").disabled = paper.undone.length === 0;
  $("clear").disabled = paper.isEmpty;
}

// ---- answers ------------------------------------------------------------------------------------

/** One question at a time; what changed meanwhile is asked next. */
async function look() {
  if (!paper) return;
  stale = asking;
  if (asking) return;
  asking = true;
  $("paper").setAttribute("aria-busy", "true");
  try {
    if (paper.isEmpty) forget("Nothing is drawn yet.");
    else showAnswer(await ask("POST", "digits", await paper.blob()));
  } catch (e) {
    // Half a digit is often none.
    if (e instanceof Refusal) forget(paper.stroke ? "Go on …" : sentence(e.message));
  } finally {
    asking = false;
  }
  if (stale) await look();
  else $("paper").removeAttribute("aria-busy");
}

function sentence(reason) {
  return reason[0].toUpperCase() + reason.slice(1) + ".";
}

function say(text) {
  const quiet = document.createElement("span");
  quiet.className = "quiet";
  quiet.textContent = text;
  $("answer").replaceChildren(quiet);
}

function forget(why) {
  last = null;
  say(why);
  $("probabilities").replaceChildren();
  $("time").textContent = "";
  $("change").disabled = true;
  $("change-box").hidden = true;
  drawGrey($("seen"), new Uint8Array(784));
  $("seen").setAttribute("aria-label", "What the network sees: nothing yet");
  $("layers").replaceChildren();
  enableLabels();
}

function showAnswer(answer) {
  last = answer;
  const best = answer.classes.indexOf(answer.label);
  const text = "with " + percent(answer.probabilities[best]);
  if ($("answer").textContent !== answer.label + text) {
    const digit = document.createElement("b");
    digit.textContent = answer.label;
    $("answer").replaceChildren(digit, text);
  }
  showProbabilities(answer, best);
  $("time").textContent = "Answered in " + answer.milliseconds.toFixed(1) + " ms.";
  $("change").disabled = false;
  $("change-box").hidden = true;
  showSeen();
  showLayers(answer.layers);
  enableLabels();
}

function showProbabilities(answer, best) {
  const list = $("probabilities");
  while (list.children.length < answer.classes.length) {
    const item = document.createElement("li");
    item.innerHTML = '<span class="name"></span><span class="track" aria-hidden="true"><i></i></span><span class="share"></span>';
    list.append(item);
  }
  answer.classes.forEach((name, i) => {
    const item = list.children[i];
    item.classList.toggle("best", i === best);
    item.querySelector(".name").textContent = name;
    item.querySelector("i").style.width = 100 * answer.probabilities[i] + "%";
    item.querySelector(".share").textContent = percent(answer.probabilities[i]);
  });
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
  await show(async () => {
    const found = await ask("POST", "changes", { seen: asked.seen.bytes });
    if (last !== asked) return;
    $("change-box").hidden = false;
    drawGrey($("changed"), bytesOf(found.seen));
    drawDifference($("difference"), bytesOf(asked.seen), bytesOf(found.seen));
    $("change-text").textContent =
      "The smallest change that was found turns the answer from " + found.from + " to " + found.to +
      ". It is as large as turning " + found.distance.toFixed(2) + " of the 784 pixels from black to white" +
      " (root of the sum of squares). Networks see other things than we do: to you it is the same digit.";
  }, $("change-text"));
}

/** Does something, and shows why it could not be done. */
async function show(act, place = $("tune-note")) {
  try {
    await act();
  } catch (e) {
    if (e instanceof Refusal) {
      place.textContent = sentence(e.message);
      if (place === $("change-text")) $("change-box").hidden = false;
    }
  }
  await showNetwork();
}

async function showNetwork() {
  try {
    const network = await ask("GET", "network");
    $("network").textContent =
      "network " + network.network + ", " + network.parameters.toLocaleString("en") + " parameters, trained on " +
      network.trained_on + ", on " + network.backend;
    $("restore").hidden = !network.tuned;
    makeLabels(network.classes);
  } catch {
    // The banner says it.
  }
}

// ---- corrections --------------------------------------------------------------------------------

function makeLabels(classes) {
  const box = $("labels");
  if (box.children.length) return;
  box.replaceChildren(
    ...classes.map((name) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-label", "It is a " + name);
      button.onclick = () => correct(name);
      return button;
    }),
  );
  enableLabels();
}

function enableLabels() {
  for (const button of $("labels").children) button.disabled = !last;
}

async function correct(label) {
  await show(async () => {
    const kept = await ask("POST", "corrections", { seen: base64(bytesOf(last.seen)), label });
    showCounts(kept, "Thank you, a " + label + ". ");
  }, $("kept"));
}

async function showCorrections() {
  try {
    showCounts(await ask("GET", "corrections"), "");
  } catch {
    // The banner says it.
  }
}

function showCounts(kept, thanks) {
  const total = Object.values(kept.counts).reduce((a, b) => a + b, 0);
  $("kept").textContent =
    thanks + (total === 0 ? "" : total === 1 ? "1 picture is kept in " + kept.folder + "." : total + " pictures are kept in " + kept.folder + ".");
  $("tune").disabled = total === 0;
}

async function tune() {
  await show(async () => {
    const job = await ask("POST", "fine-tunings");
    sessionStorage.setItem("fine-tuning", job.id);
    await watchTuning(job.id);
  });
}

/** After a reload. */
async function goOnWatching() {
  const id = sessionStorage.getItem("fine-tuning");
  if (id) await show(() => watchTuning(id));
}

async function watchTuning(id) {
  $("tune").disabled = true;
  $("verdict").hidden = true;
  $("tune-cancel").hidden = false;
  $("tune-cancel").onclick = () => ask("DELETE", "jobs/" + id);
  $("tune-progress").hidden = false;
  try {
    const end = await follow(id, (job) => {
      $("tune-progress").value = job.progress;
      $("tune-note").textContent = job.state === "queued" ? job.ahead + " jobs are before this one" : job.note;
    });
    if (end.state === "done") showVerdict(id, end.result);
    else {
      $("tune-note").textContent = end.state === "failed" ? "It failed: " + end.note : "Cancelled.";
      sessionStorage.removeItem("fine-tuning");
    }
  } catch (e) {
    sessionStorage.removeItem("fine-tuning");
    throw e;
  } finally {
    $("tune-cancel").hidden = true;
    $("tune-progress").hidden = true;
    $("tune").disabled = false;
  }
}

function showVerdict(id, found) {
  $("tune-note").textContent = "The copy is trained.";
  $("own-before").textContent = found.corrections_right_before + " of " + found.corrections;
  $("own-after").textContent = found.corrections_right_after + " of " + found.corrections;
  $("test-name").textContent = found.test_size.toLocaleString("en") + " test digits (" + found.test_data + ")";
  $("test-before").textContent = percent(found.test_accuracy_before);
  $("test-after").textContent = percent(found.test_accuracy_after);
  $("verdict").hidden = false;
  const decided = (text) => {
    $("verdict").hidden = true;
    $("tune-note").textContent = text;
    sessionStorage.removeItem("fine-tuning");
    look();
  };
  $("keep").onclick = () =>
    show(async () => {
      const now = await ask("POST", "network", { job: id });
      decided("The copy answers from now on; it is also in " + now.saved + ".");
    });
  $("drop").onclick = () =>
    show(async () => {
      await ask("DELETE", "fine-tunings/" + id);
      decided("Dropped; the network is as it was.");
    });
}
