
// Shows the values of each chart: under the pointer, and with a slider that keys move.
// Without this script the charts and the tables below them can be read all the same.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** "epoch 3", then a line for each curve that has a value there. */
function reading(points, index) {
  const lines = [points.unit + " " + points.labels[index]];
  for (const curve of points.curves) {
    if (curve.texts[index]) {
      lines.push(curve.label + ": " + curve.texts[index]);
    }
  }
  return lines.join("\n");
}

/** The index whose place is nearest to a place on the drawing. */
function nearest(xs, x) {
  let best = 0;
  xs.forEach((at, index) => {
    if (Math.abs(at - x) < Math.abs(xs[best] - x)) {
      best = index;
    }
  });
  return best;
}

function activate(svg) {
  const points = JSON.parse(svg.dataset.points);
  const plot = svg.parentElement;
  const marks = element("g", {});
  svg.append(marks);
  const output = document.createElement("output");
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = 0;
  slider.max = points.xs.length - 1;
  slider.value = 0;
  slider.setAttribute("aria-label", svg.getAttribute("aria-label").split(";")[0]);
  plot.append(output, slider);

  function show(index) {
    const x = points.xs[index];
    const guide = { class: "guide", x1: x, x2: x, y1: points.top, y2: points.bottom };
    marks.replaceChildren(element("line", guide));
    points.curves.forEach((curve, line) => {
      if (curve.texts[index]) {
        const at = { class: "line line" + line, cx: x, cy: curve.ys[index], r: 4 };
        marks.append(element("circle", at));
      }
    });
    const text = reading(points, index);
    output.textContent = text;
    slider.value = index;
    slider.setAttribute("aria-valuetext", text.replaceAll("\n", ", "));
    // On the side of the guide where there is room.
    const share = x / svg.viewBox.baseVal.width;
    output.style.left = share < 0.5 ? share * 100 + 1 + "%" : "auto";
    output.style.right = share < 0.5 ? "auto" : 101 - share * 100 + "%";
  }

  function hide() {
    if (document.activeElement !== slider) {
      marks.replaceChildren();
      output.textContent = "";
    }
  }

  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    show(nearest(points.xs, x));
  });
  svg.addEventListener("pointerleave", hide);
  slider.addEventListener("input", () => show(Number(slider.value)));
  slider.addEventListener("focus", () => show(Number(slider.value)));
  slider.addEventListener("blur", hide);
}

document.querySelectorAll("svg[data-points]").forEach(activate);
