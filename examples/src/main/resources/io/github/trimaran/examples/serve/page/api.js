// The JSON interface: one function for all requests, which also notices when the server is gone.

const RETRY_MILLISECONDS = 1000;
const HEARTBEAT_MILLISECONDS = 3000;

export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const listeners = new Set();
let reachable = true;

/** Calls back with true or false when the server comes or goes. */
export function onReachable(listener) {
  listeners.add(listener);
}

function setReachable(now) {
  if (reachable === now) return;
  reachable = now;
  listeners.forEach((listener) => listener(now));
  if (!now) setTimeout(probe, RETRY_MILLISECONDS);
}

async function probe() {
  try {
    await fetch("/api/v1/health");
    setReachable(true);
  } catch {
    setTimeout(probe, RETRY_MILLISECONDS);
  }
}

// Who only looks at the page is told as well that the server is gone.
setInterval(() => {
  if (reachable && document.visibilityState === "visible") ask("GET", "health").catch(() => {});
}, HEARTBEAT_MILLISECONDS);

/**
 * Asks the server; the answer is the JSON object.
 * A Refusal says why it does not answer; any other error means that it was not reached.
 */
export async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof Blob) {
    options.headers["Content-Type"] = body.type;
    options.body = body;
  } else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch("/api/v1/" + path, options);
  } catch (e) {
    setReachable(false);
    throw e;
  }
  setReachable(true);
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.error, response.status);
  return answer;
}

/** Follows a job until it is over; tells each status to the watcher. */
export async function follow(id, watch) {
  for (;;) {
    try {
      const job = await ask("GET", "jobs/" + id);
      watch(job);
      if (job.state !== "queued" && job.state !== "running") return job;
    } catch (e) {
      if (e instanceof Refusal) throw e;
    }
    await new Promise((done) => setTimeout(done, 300));
  }
}
