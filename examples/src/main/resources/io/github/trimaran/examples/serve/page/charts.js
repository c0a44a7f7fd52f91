// Curves as inline SVG, with the values under the pointer and, for who does not see them, in words.

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 220;
const LEFT = 60;
const RIGHT = 12;
const TOP = 12;
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
  if (most === least && !mayBend) {
    // The first point of a curve that goes on to the right.
    most += 1;
  } else if (most === least) {
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

// Charts are drawn pixel by pixel, so that their words are as large as others at any width.
const redraws = new WeakMap();
const widths = new ResizeObserver((entries) => entries.forEach((entry) => redraws.get(entry.target)?.()));

/**
 * Draws curves of one quantity over each other into a figure, in place of what was there.
 *
 * @param curves by name: {x: [...], y: [...]}
 * @param format how values are written
 * @param faint name of a curve that stands back
 */
export function drawChart(figure, title, unit, curves, { format = number, faint } = {}) {
  const drawn = Object.entries(curves).filter(([, curve]) => curve.x.length > 0);
  figure.hidden = drawn.length === 0;
  if (figure.hidden) return;
  if (!figure.firstChild) {
    figure.className = "chart";
    figure.append(document.createElement("figcaption"), document.createElementNS(SVG, "svg"), document.createElement("output"));
    widths.observe(figure);
  }
  const look = { title, unit, drawn, format, faint };
  redraws.set(figure, () => paint(figure, look));
  paint(figure, look);
}

function paint(figure, { title, unit, drawn, format, faint }) {
  const width = figure.clientWidth;
  // Not to be seen now: drawn when it is.
  if (width === 0) return;
  const [caption, svg, output] = figure.children;
  const across = scale(drawn.flatMap(([, curve]) => curve.x), LEFT, width - RIGHT, false);
  const up = scale(drawn.flatMap(([, curve]) => curve.y), BOTTOM, TOP, true);
  legend(caption, title, unit, drawn, up.bent);
  svg.setAttribute("viewBox", "0 0 " + width + " " + HEIGHT);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", words(title, unit, drawn, format));
  const parts = frame(unit, across, up, width - RIGHT, format);
  drawn.forEach(([name, curve], i) => {
    const points = curve.x.map((x, j) => across.place(x).toFixed(1) + "," + up.place(curve.y[j]).toFixed(1));
    const style = "line line" + i + (name === faint ? " faint" : "");
    parts.push(element("polyline", { class: style, points: points.join(" ") }));
    if (points.length < 20) {
      curve.x.forEach((x, j) => parts.push(element("circle", { class: style, cx: across.place(x), cy: up.place(curve.y[j]), r: 3 })));
    }
  });
  svg.replaceChildren(...parts);
  svg.onpointermove = (e) => {
    output.textContent = reading(unit, drawn, across, e.clientX - svg.getBoundingClientRect().left, format);
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

function words(title, unit, drawn, format) {
  const each = drawn.map(([name, { x, y }]) =>
    (drawn.length > 1 ? name + " " : "") + "from " + format(y[0]) + " to " + format(y[y.length - 1]) + " at " + unit + " " + x[x.length - 1]);
  return title + ": " + each.join("; ");
}

function frame(unit, across, up, right, format) {
  const parts = [element("path", { class: "axis", d: "M" + LEFT + " " + TOP + "V" + BOTTOM + "H" + right })];
  for (const value of [up.least, up.bent ? Math.sqrt(up.least * up.most) : (up.least + up.most) / 2, up.most]) {
    const y = up.place(value);
    parts.push(element("path", { class: "grid", d: "M" + LEFT + " " + y + "H" + right }));
    parts.push(element("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, format(value)));
  }
  parts.push(element("text", { x: LEFT, y: HEIGHT - 12 }, number(across.least)));
  parts.push(element("text", { x: right, y: HEIGHT - 12, "text-anchor": "end" }, unit + " " + number(across.most)));
  return parts;
}

/** The values nearest to a place. */
function reading(unit, drawn, across, place, format) {
  return drawn
    .map(([name, { x, y }]) => {
      let best = 0;
      x.forEach((at, i) => {
        if (Math.abs(across.place(at) - place) < Math.abs(across.place(x[best]) - place)) best = i;
      });
      return (drawn.length > 1 ? name + ", " : "") + unit + " " + number(x[best]) + ": " + format(y[best]);
    })
    .join("\n");
}
