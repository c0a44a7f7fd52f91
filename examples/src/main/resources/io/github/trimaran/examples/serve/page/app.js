// The page as a whole: colours, and the word when the server is gone.

import { onReachable } from "/api.js";
import { startClasses } from "/classes.js";
import { startCompare } from "/compare.js";
import { startDraw } from "/draw.js";
import { startDrawing } from "/drawing.js";
import { startTraining } from "/training.js";
import { startStyle } from "/transfer.js";
import { startViews } from "/views.js";

const THEMES = { auto: ["Auto", "Colours: as the system"], light: ["Light", "Colours: light"], dark: ["Dark", "Colours: dark"] };

function startTheme() {
  const button = document.getElementById("theme");
  let current;
  const set = (theme) => {
    current = theme;
    localStorage.setItem("theme", theme);
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    [button.textContent, button.ariaLabel] = THEMES[theme];
    dispatchEvent(new Event("themechange"));
  };
  const stored = localStorage.getItem("theme");
  set(stored in THEMES ? stored : "auto");
  button.onclick = () => {
    const names = Object.keys(THEMES);
    set(names[(names.indexOf(current) + 1) % names.length]);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("themechange")));
}

function startTrouble() {
  const trouble = document.getElementById("trouble");
  onReachable((now) => {
    trouble.hidden = now;
    trouble.textContent = now ? "" : "The server does not answer. Is 'trimaran serve' still running? Trying again …";
  });
}

startTheme();
startTrouble();
startDraw();
startCompare();
startStyle();
startClasses();
startTraining();
startDrawing();
startViews();
