// How answers are shown, in whichever view.

export const percent = (share) => (100 * share).toFixed(1) + "\u00a0%";

export function sentence(reason) {
  return reason[0].toUpperCase() + reason.slice(1) + ".";
}

/**
 * A bar for each class in a list; bars that are there already move. Without probabilities they are
 * empty, so that nothing jumps when there are some.
 */
export function showProbabilities(list, classes, probabilities) {
  const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
  while (list.children.length < classes.length) {
    const item = document.createElement("li");
    item.innerHTML = '<span class="name"></span><span class="track" aria-hidden="true"><i></i></span><span class="share"></span>';
    list.append(item);
  }
  classes.forEach((name, i) => {
    const item = list.children[i];
    item.classList.toggle("best", i === best);
    item.querySelector(".name").textContent = name;
    item.querySelector("i").style.width = 100 * (probabilities?.[i] ?? 0) + "%";
    item.querySelector(".share").textContent = probabilities ? percent(probabilities[i]) : "–";
  });
}

/** A digit with how sure the network is of it. */
export function showLabel(box, label, probability) {
  const text = "with " + percent(probability);
  if (box.textContent === label + text) return;
  const digit = document.createElement("b");
  digit.textContent = label;
  box.replaceChildren(digit, text);
}
