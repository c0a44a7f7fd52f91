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
 */
export class JobPanel {
  constructor(box, kind, show) {
    this.kind = kind;
    this.show = show;
    this.watched = null;
    box.innerHTML = '<p class="job-note" role="status"></p><progress max="1" value="0" hidden></progress><button type="button" hidden>Cancel</button>';
    [this.note, this.bar, this.button] = box.children;
    this.bar.setAttribute("aria-label", "Progress");
    this.button.onclick = () => this.cancel();
    onReachable((now) => now && this.find());
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

  /** Goes on with the newest job of the kind, if the server knows one. */
  async find() {
    if (this.watched) return;
    try {
      const { jobs } = await ask("GET", "jobs");
      const mine = jobs.filter((job) => job.kind === this.kind);
      if (mine.length && !this.watched) this.watch(mine[mine.length - 1]);
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
    if (this.watched === id) this.watched = null;
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
  image.parentElement.hidden = job.pictures === 0;
  if (job.pictures > 0 && image.getAttribute("src") !== address) image.src = address;
  link.hidden = job.state !== "done";
  link.href = address;
  link.download = name;
}
