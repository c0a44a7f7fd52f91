// Wrong? Tell me: digits with what they are, and a copy of the network that is trained on them.

import { ask, follow, Refusal } from "/api.js";
import { percent, sentence } from "/answers.js";
import { base64, bytesOf } from "/pictures.js";

const $ = (id) => document.getElementById(id);

let last = null;
let again;
let tell;

/** Calls changed() when another network answers, and network(...) with what is known of it. */
export function startCorrections({ changed, network }) {
  again = changed;
  tell = network;
  $("tune").onclick = tune;
  $("restore").onclick = () =>
    show(async () => {
      await ask("DELETE", "network");
      again();
    });
  showNetwork();
  showCorrections();
  goOnWatching();
}

/** The answer that may be wrong. */
export function showDigit(answer) {
  last = answer;
  enableLabels();
}

export function forgetDigit() {
  last = null;
  enableLabels();
}

/** Does something, and shows why it could not be done. */
async function show(act, place = $("tune-note")) {
  try {
    await act();
  } catch (e) {
    if (e instanceof Refusal) place.textContent = sentence(e.message);
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
    tell(network);
  } catch {
    // The banner says it.
  }
}

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
    again();
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
