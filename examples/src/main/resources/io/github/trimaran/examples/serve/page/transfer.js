// The view Style: a picture with the content of one and the style of another, as it forms.

import { ask } from "/api.js";
import { drawChart } from "/charts.js";
import { JobPanel, showPicture } from "/jobs.js";
import { showWeights } from "/weights.js";
import { onView, shownView } from "/views.js";

const LARGEST = 512;

const $ = (id) => document.getElementById(id);
let panel;
let choices;

export function startStyle() {
  panel = new JobPanel($("style-job"), "style", show);
  choices = { content: new Choice("content", ["tubingen", "landscape"]), style: new Choice("style", ["starry_night", "strokes"]) };
  $("style-form").onsubmit = (e) => {
    e.preventDefault();
    start();
  };
  addEventListener("paste", (e) => {
    if (shownView().id !== "style") return;
    const focused = document.activeElement.closest("[data-picture]");
    choices[focused ? focused.dataset.picture : "content"].open(e.clipboardData.files[0]);
  });
  onView(async (view) => {
    if (view.id !== "style") return;
    showWeights($("style-weights"));
    panel.find();
    await fillChoices();
  });
}

async function fillChoices() {
  try {
    const { pictures } = await ask("GET", "pictures");
    for (const choice of Object.values(choices)) choice.offer(pictures);
  } catch {
    // The banner says it.
  }
}

/** One of the two pictures: a name from the list, or a file of one's own. */
class Choice {
  /** The first of the usual names that the list has is chosen until somebody chooses. */
  constructor(name, usual) {
    this.name = name;
    this.usual = usual;
    this.own = null;
    this.box = document.querySelector('[data-picture="' + name + '"]');
    this.image = this.box.querySelector("img");
    this.list = this.box.querySelector("select");
    this.word = this.box.querySelector(".quiet");
    this.list.onchange = () => this.choose();
    this.box.querySelector("input").onchange = (e) => this.open(e.target.files[0]);
    this.box.addEventListener("dragover", (e) => e.preventDefault());
    this.box.addEventListener("drop", (e) => {
      e.preventDefault();
      this.open(e.dataTransfer.files[0]);
    });
  }

  offer(names) {
    if (this.list.children.length) return;
    this.list.append(...names.map((name) => new Option(name.replaceAll("_", " "), name)));
    this.list.value = this.usual.find((name) => names.includes(name));
    this.choose();
  }

  choose() {
    this.own = null;
    this.word.textContent = "";
    this.image.src = "/api/v1/pictures/" + this.list.value;
    this.image.alt = "The picture " + this.list.selectedOptions[0].text;
  }

  async open(file) {
    if (!file) return;
    try {
      this.own = await smaller(file);
      this.image.src = "data:image/jpeg;base64," + this.own;
      this.image.alt = "Your picture";
      this.word.textContent = "Your own picture.";
    } catch {
      this.word.textContent = "This is no picture that the browser can read.";
    }
  }

  addTo(body) {
    if (this.own) body[this.name + "_picture"] = this.own;
    else body[this.name] = this.list.value;
  }
}

/** A JPEG in base64, no larger than what can be made of it. */
async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  const address = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
  return address.slice(address.indexOf(",") + 1);
}

function start() {
  const body = {
    size: Number($("style-size").value),
    iterations: Number($("style-steps").value),
    start: $("style-start").value,
    optimizer: $("style-optimizer").value,
    content_weight: Number($("style-content-weight").value),
    preserve_colours: $("style-colours").checked,
  };
  Object.values(choices).forEach((choice) => choice.addTo(body));
  panel.start("styles", body);
}

function show(job) {
  showPicture(job, $("style-picture"), $("style-download"), "style.png");
  $("style-picture").alt = job.state === "done" ? "The picture that was made" : "The picture so far";
  const { loss, content, style } = job.curves;
  drawChart($("style-loss"), "Loss", "step", loss ? { all: loss, content, style } : {});
}
