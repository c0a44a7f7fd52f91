"use strict";
(function () {
  // Before the page is painted, so that it does not flash.
  const wanted = window.matchMedia("(prefers-color-scheme: dark)");
  function kept() {
    try {
      return localStorage.getItem("theme");
    } catch (e) {
      return null; // some browsers keep nothing for pages from the file system
    }
  }
  function paint() {
    const theme = kept() || (wanted.matches ? "dark" : "light");
    document.documentElement.classList.toggle("dark", theme === "dark");
  }
  paint();
  wanted.addEventListener("change", paint);

  /** Pages with all the words, those with a word in their title first. */
  function find(words) {
    const found = [];
    for (const page of window.PAGES) {
      const title = page.title.toLowerCase();
      const text = page.text.toLowerCase();
      if (words.every((word) => title.includes(word) || text.includes(word))) {
        const inTitle = words.filter((word) => title.includes(word)).length;
        const count = words.reduce((sum, word) => sum + text.split(word).length - 1, 0);
        const guide = page.url.startsWith("docs/guide/") ? 5 : 0;
        found.push({ page, score: inTitle * 100 + guide + Math.min(count, 20), at: text.indexOf(words[0]) });
      }
    }
    return found.sort((a, b) => b.score - a.score).slice(0, 12);
  }

  function show(list, words, root) {
    list.replaceChildren();
    for (const one of find(words)) {
      const link = document.createElement("a");
      link.href = root + one.page.url;
      link.textContent = one.page.title;
      const around = document.createElement("small");
      const from = Math.max(0, one.at - 40);
      around.textContent = (from > 0 ? "…" : "") + one.page.text.slice(from, from + 140) + "…";
      link.append(around);
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    if (list.childElementCount === 0) {
      const none = document.createElement("li");
      none.textContent = "Nothing found.";
      list.append(none);
    }
    list.hidden = false;
  }

  document.addEventListener("DOMContentLoaded", function () {
    const root = document.body.dataset.root;
    document.getElementById("theme").addEventListener("click", function () {
      const dark = document.documentElement.classList.toggle("dark");
      try {
        localStorage.setItem("theme", dark ? "dark" : "light");
      } catch (e) {
        // It holds for this page only.
      }
    });
    const menu = document.getElementById("menu");
    menu.addEventListener("click", function () {
      const open = document.getElementById("pages").classList.toggle("open");
      menu.setAttribute("aria-expanded", String(open));
    });
    const search = document.getElementById("search");
    const list = document.getElementById("found");
    search.addEventListener("input", function () {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length === 0) {
        list.hidden = true;
      } else {
        show(list, words, root);
      }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && document.activeElement !== search) {
        event.preventDefault();
        search.focus();
      } else if (event.key === "Escape") {
        list.hidden = true;
      } else if (event.key === "Enter" && document.activeElement === search) {
        const first = list.querySelector("a");
        if (first) {
          location.href = first.href;
        }
      }
    });
    for (const block of document.querySelectorAll("pre.java, pre.sh, pre.xml")) {
      const button = document.createElement("button");
      button.textContent = "copy";
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(block.querySelector("code").textContent);
        button.textContent = "copied";
      });
      block.append(button);
    }
  });
})();
