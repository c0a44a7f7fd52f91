// The view Training: a training with chosen settings, or one that a command runs, as it goes.

import { ask } from "/api.js";
import { percent } from "/answers.js";
import { drawChart } from "/charts.js";
import { JobPanel } from "/jobs.js";
import { drawFilters, drawPixels } from "/pictures.js";
import { onView } from "/views.js";

const $ = (id) => document.getElementById(id);
const NAMES = { mnist: "MNIST digits", cifar10: "CIFAR-10 photos" };
const IDLE = "Nothing is being trained. Loss, accuracy, filters and the surest mistakes are shown here as it goes.";

// So many steps count towards the mean at about a third of the weight of the newest.
const SMOOTHED = 25;

let panel;
let choices;

export function startTraining() {
  panel = new JobPanel($("training-job"), "training", show, IDLE);
  $("training-data").onchange = fillUsual;
  $("training-form").onsubmit = (e) => {
    e.preventDefault();
    panel.start("trainings", settings());
  };
  onView(async (view) => {
    if (view.id !== "training") return;
    panel.find();
    await fillChoices();
  });
}

// ---- settings -----------------------------------------------------------------------------------

const fields = () => [...$("training-form").querySelectorAll("[name]")];

function settings() {
  const asked = {};
  for (const field of fields()) asked[field.name] = field.type === "number" ? Number(field.value) : field.value;
  return asked;
}

async function fillChoices() {
  if (choices) return;
  try {
    choices = await ask("GET", "trainings");
  } catch {
    return; // The banner says it.
  }
  const offer = (id, names) => $(id).append(...names.map((name) => new Option(NAMES[name] ?? name, name)));
  offer("training-data", Object.keys(choices.data));
  offer("training-network", choices.networks);
  offer("training-optimizer", choices.optimizers);
  offer("training-schedule", choices.schedules);
  offer("training-augment", choices.augmentations);
  fillUsual();
}

function fillUsual() {
  const usual = choices.data[$("training-data").value];
  for (const field of fields()) if (field.name in usual) field.value = usual[field.name];
  $("training-source").textContent =
    usual.source === "real"
      ? ""
      : "The real images are not on this machine: images that the program draws are used. 'trimaran data get " +
        $("training-data").value + "' fetches the real ones.";
}

// ---- what is to be seen of it -------------------------------------------------------------------

function show(job) {
  const { run, speed, filters, mistakes } = job.shown ?? {};
  $("training-seen").hidden = !run;
  if (!run) return;
  $("training-run").textContent = run + (job.shown.data ? ", " + job.shown.data : "");
  showNumbers(job, speed);
  drawChart($("training-loss"), "Loss", "step", losses(job.curves), { faint: "each" });
  drawChart($("training-accuracy"), "Accuracy", "epoch", accuracies(job.curves), { format: percent });
  $("training-filters-box").hidden = !filters;
  if (filters) drawFilters($("training-filters"), filters);
  showMistakes(job, mistakes);
}

/** The loss of a step leaps; its running mean, whose first values are corrected as Adam's are, does not. */
function losses({ loss }) {
  if (!loss) return {};
  let sum = 0;
  let weight = 0;
  const mean = loss.y.map((value) => {
    sum += (value - sum) / SMOOTHED;
    weight += (1 - weight) / SMOOTHED;
    return sum / weight;
  });
  return { each: loss, mean: { x: loss.x, y: mean } };
}

function accuracies(curves) {
  const kinds = { "training accuracy": "training", "validation accuracy": "validation" };
  return Object.fromEntries(Object.entries(kinds).filter(([name]) => curves[name]).map(([name, short]) => [short, curves[name]]));
}

function showNumbers(job, speed) {
  const running = job.state === "running";
  const numbers = [];
  if (speed) {
    numbers.push(["Images a second", Math.round(speed.images_per_second).toLocaleString("en")]);
    if (running) numbers.push(["Time left", duration(speed.seconds_left)]);
    if (running) numbers.push(["Loss", speed.loss.toFixed(4)]);
  }
  if (job.state === "done") {
    numbers.push(["Test accuracy", percent(job.result.test_accuracy) + " of " + job.result.test_size.toLocaleString("en")]);
    if (job.result.saved) numbers.push(["Saved in", job.result.saved]);
  }
  $("training-numbers").replaceChildren(
    ...numbers.flatMap(([name, value]) => {
      const term = document.createElement("dt");
      const told = document.createElement("dd");
      term.textContent = name;
      told.textContent = value;
      return [term, told];
    }),
  );
}

function duration(seconds) {
  const whole = Math.round(seconds);
  const two = (n) => String(n).padStart(2, "0");
  return whole < 3600
    ? Math.floor(whole / 60) + ":" + two(whole % 60)
    : Math.floor(whole / 3600) + ":" + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60);
}

function showMistakes(job, mistakes) {
  $("training-mistakes-box").hidden = !mistakes;
  if (!mistakes) return;
  const all = job.shown.looked_at.toLocaleString("en");
  $("training-mistaken").textContent =
    job.shown.mistaken === 0
      ? "None of " + all + " images that it does not learn from is mistaken."
      : job.shown.mistaken.toLocaleString("en") + " of " + all + " images that it does not learn from are mistaken. It is surest of these:";
  const box = $("training-mistakes");
  while (box.children.length > mistakes.length) box.lastChild.remove();
  while (box.children.length < mistakes.length) {
    const figure = document.createElement("figure");
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    figure.append(canvas, document.createElement("figcaption"));
    box.append(figure);
  }
  mistakes.forEach((mistake, i) => {
    const [canvas, caption] = box.children[i].children;
    drawPixels(canvas, mistake.pixels);
    caption.textContent = mistake.label + " taken for " + mistake.predicted + ",\n" + percent(mistake.probability);
    canvas.setAttribute("aria-label", "Image of " + mistake.label);
  });
}
