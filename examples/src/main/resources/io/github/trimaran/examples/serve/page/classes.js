// The view Classes: the picture that the network takes most for a class, as it forms.

import { percent } from "/answers.js";
import { drawChart, number } from "/charts.js";
import { JobPanel, showPicture } from "/jobs.js";
import { showWeights } from "/weights.js";
import { onView } from "/views.js";

const $ = (id) => document.getElementById(id);
let panel;

export function startClasses() {
  panel = new JobPanel($("class-job"), "class", show);
  $("class-form").onsubmit = (e) => {
    e.preventDefault();
    panel.start("classes", { class: $("class-name").value, plain: $("class-plain").checked, ...steps() });
  };
  onView(async (view) => {
    if (view.id !== "classes") return;
    panel.find();
    const weights = await showWeights($("class-weights"));
    if (weights && !$("class-names").children.length) offer(weights.classes);
  });
}

function steps() {
  const given = $("class-steps").value;
  return given === "" ? {} : { iterations: Number(given) };
}

function offer(classes) {
  const first = (names) => names.split(",")[0];
  $("class-names").append(...classes.map((names) => new Option(names, first(names))));
  if ($("class-name").value === "") $("class-name").value = first(classes[0]);
}

function show(job) {
  showPicture(job, $("class-picture"), $("class-download"), "class.png");
  $("class-picture").alt = job.state === "done" ? "What the network takes for " + job.result.class : "The picture so far";
  drawChart($("class-score"), "Score", "step", job.curves);
  $("class-result").textContent =
    job.state === "done"
      ? "The network takes it for " + job.result.class + " with " + percent(job.result.probability_last) +
        ". Its score rose from " + number(job.result.score_first) + " to " + number(job.result.score_last) + "."
      : "";
}
