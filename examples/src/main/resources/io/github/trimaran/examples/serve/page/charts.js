// Curves as inline SVG, with the values under the pointer and, for who does not see them, in words.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 600;
const HEIGHT = 220;
const LEFT = 66;
const RIGHT = 590;
const TOP = 10;
const BOTTOM = 190;

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function number(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** From values to places; logarithmic where they span a hundredfold and are all above 0. */
function scale(values, low, high, mayBend) {
  let least = Math.min(...values);
  let most = Math.max(...values);
  const bent = mayBend && least > 0 && most / least > 100;
  const to = bent ? Math.log : (value) => value;
  if (most === least) {
    least -= Math.abs(least) / 10 || 1;
    most += Math.abs(most) / 10 || 1;
  }
  return {
    bent,
    least,
    most,
    place: (value) => low + ((to(value) - to(least)) / (to(most) - to(least))) * (high - low),
  };
}

/**
 * Draws curves of one quantity over each other into a figure, in place of what was there.
 *
 * @param curves by name: {x: [...], y: [...]}
 */
export function drawChart(figure, title, unit, curves) {
  const drawn = Object.entries(curves).filter(([, curve]) => curve.x.length > 0);
  figure.hidden = drawn.length === 0;
  if (figure.hidden) return;
  if (!figure.firstChild) {
    figure.className = "chart";
    figure.append(document.createElement("figcaption"), document.createElementNS(SVG, "svg"), document.createElement("output"));
  }
  const [caption, svg, output] = figure.children;
  const across = scale(drawn.flatMap(([, curve]) => curve.x), LEFT, RIGHT, false);
  const up = scale(drawn.flatMap(([, curve]) => curve.y), BOTTOM, TOP, true);
  legend(caption, title, unit, drawn, up.bent);
  svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", words(title, unit, drawn));
  const parts = frame(unit, across, up);
  drawn.forEach(([, curve], i) => {
    const points = curve.x.map((x, j) => across.place(x).toFixed(1) + "," + up.place(curve.y[j]).toFixed(1));
    parts.push(element("polyline", { class: "line line" + i, points: points.join(" ") }));
    if (points.length < 20) {
      curve.x.forEach((x, j) =>
        parts.push(element("circle", { class: "line line" + i, cx: across.place(x), cy: up.place(curve.y[j]), r: 3 })));
    }
  });
  svg.replaceChildren(...parts);
  svg.onpointermove = (e) => {
    const box = svg.getBoundingClientRect();
    output.textContent = reading(unit, drawn, across, ((e.clientX - box.left) / box.width) * WIDTH);
  };
  svg.onpointerleave = () => (output.textContent = "");
}

function legend(caption, title, unit, drawn, bent) {
  const head = document.createElement("strong");
  head.textContent = title;
  const names = drawn.map(([name], i) => {
    const item = document.createElement("span");
    item.className = "line" + i;
    item.textContent = name;
    return item;
  });
  caption.replaceChildren(head, " by " + unit + (bent ? ", logarithmic" : ""), ...(drawn.length > 1 ? names : []));
}

function words(title, unit, drawn) {
  const each = drawn.map(([name, { x, y }]) =>
    (drawn.length > 1 ? name + " " : "") + "from " + number(y[0]) + " to " + number(y[y.length - 1]) + " at " + unit + " " + x[x.length - 1]);
  return title + ": " + each.join("; ");
}

function frame(unit, across, up) {
  const parts = [element("path", { class: "axis", d: "M" + LEFT + " " + TOP + "V" + BOTTOM + "H" + RIGHT })];
  for (const value of [up.least, up.bent ? Math.sqrt(up.least * up.most) : (up.least + up.most) / 2, up.most]) {
    const y = up.place(value);
    parts.push(element("path", { class: "grid", d: "M" + LEFT + " " + y + "H" + RIGHT }));
    parts.push(element("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, number(value)));
  }
  parts.push(element("text", { x: LEFT, y: HEIGHT - 12 }, number(across.least)));
  parts.push(element("text", { x: RIGHT, y: HEIGHT - 12, "text-anchor": "end" }, unit + " " + number(across.most)));
  return parts;
}

/** The values nearest to a place. */
function reading(unit, drawn, across, place) {
  return drawn
    .map(([name, { x, y }]) => {
      let best = 0;
      x.forEach((at, i) => {
        if (Math.abs(across.place(at) - place) < Math.abs(across.place(x[best]) - place)) best = i;
      });
      return (drawn.length > 1 ? name + ", " : "") + unit + " " + number(x[best]) + ": " + number(y[best]);
    })
    .join("\n");
}
