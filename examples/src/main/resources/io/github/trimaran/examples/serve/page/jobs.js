// Long jobs: a panel shows the newest of a kind, also after the page was loaded again.

import { ask, follow, onReachable, Refusal } from "/api.js";
import { sentence } from "/answers.js";

const over = (job) => job.state !== "queued" && job.state !== "running";

/**
 * What is to be seen of one kind of job.
 *
 * @param box an empty element; it gets progress, a word on how it goes, and a button to cancel
 * @param kind of jobs
 * @param show called with each status of the newest job
 * @param idle what is said as long as there was none
 */
export class JobPanel {
  constructor(box, kind, show, idle = "") {
    this.kind = kind;
    this.show = show;
    this.watched = null;
    box.innerHTML = '<p class="job-note" role="status"></p><button type="button" hidden>Cancel</button><progress max="1" value="0" hidden></progress>';
    [this.note, this.button, this.bar] = box.children;
    this.idle = idle;
    this.bar.setAttribute("aria-label", "Progress");
    this.button.onclick = () => this.cancel();
    onReachable((now) => now && this.find());
    // Another window may have begun one meanwhile.
    document.addEventListener("visibilitychange", () => box.checkVisibility() && document.visibilityState === "visible" && this.find());
  }

  /** Begins a job. */
  async start(path, body) {
    this.say("");
    try {
      this.watch(await ask("POST", path, body));
    } catch (e) {
      if (e instanceof Refusal) this.say(sentence(e.message));
    }
  }

  /** Goes on with the job of the kind that is under way or will be; else shows the newest, if there is one. */
  async find() {
    if (this.watched) return;
    try {
      const { jobs } = await ask("GET", "jobs");
      const mine = jobs.filter((job) => job.kind === this.kind);
      const next = mine.find((job) => !over(job)) ?? mine[mine.length - 1];
      if (next && !this.watched) this.watch(next);
      else if (this.note.textContent === "") this.say(this.idle);
    } catch {
      // The banner says it.
    }
  }

  async watch(job) {
    const id = job.id;
    this.watched = id;
    this.update(job);
    try {
      await follow(id, (status) => this.watched === id && this.update(status));
    } catch (e) {
      this.say(sentence(e.message));
      this.button.hidden = this.bar.hidden = true;
    }
    if (this.watched !== id) return;
    this.watched = null;
    // Who took back the second one still wants to see the first.
    if (this.took === id) this.find();
  }

  update(job) {
    this.bar.hidden = over(job);
    this.bar.value = job.progress;
    this.button.hidden = over(job) || !job.cancellable;
    this.id = job.id;
    this.say(words(job));
    this.show(job);
  }

  async cancel() {
    this.took = this.id;
    try {
      await ask("DELETE", "jobs/" + this.id);
    } catch (e) {
      if (e instanceof Refusal) this.say(sentence(e.message));
    }
  }

  say(text) {
    if (this.note.textContent !== text) this.note.textContent = text;
  }
}

function words(job) {
  switch (job.state) {
    case "queued":
      return job.ahead === 1 ? "Waiting: one job is before this one." : "Waiting: " + job.ahead + " jobs are before this one.";
    case "running":
      return job.note === "" ? "Beginning …" : sentence(job.note);
    case "done":
      return "Done.";
    case "cancelled":
      return "Cancelled.";
    default:
      return "It failed: " + job.note;
  }
}

/** The picture of a job in an img, and a link that downloads it when it is done. */
export function showPicture(job, image, link, name) {
  const address = "/api/v1/jobs/" + job.id + "/picture?" + job.pictures;
  image.hidden = job.pictures === 0;
  image.previousElementSibling.hidden = !image.hidden;
  if (job.pictures > 0 && image.getAttribute("src") !== address) image.src = address;
  link.hidden = job.state !== "done";
  link.href = address;
  link.download = name;
}
