// The views: one section of the page is shown, the one that the address names after its #.

const listeners = [];

/** Calls back with the section that is shown from now on. */
export function onView(listener) {
  listeners.push(listener);
}

const views = () => [...document.querySelectorAll("main > section")];

/** The section that is shown. */
export function shownView() {
  return views().find((view) => !view.hidden);
}

function show() {
  const named = views().find((view) => "#" + view.id === location.hash) ?? views()[0];
  views().forEach((view) => (view.hidden = view !== named));
  for (const link of document.querySelectorAll("#views a")) {
    if (link.hash === "#" + named.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = "Trimaran: " + named.querySelector("h2").textContent;
  listeners.forEach((listener) => listener(named));
}

export function startViews() {
  addEventListener("hashchange", show);
  show();
}
