// The wire to the server: one state to read, verbs to send, a feed of changes.
// Verbs go one after the other, in the order people did them.

import { store } from "./store.js";
import { toast } from "./toast.js";

let draw = () => {};
let queue = Promise.resolve();
let busy = 0;

export function onState(fn) { draw = fn; }

function setBusy(step) {
  busy += step;
  document.documentElement.dataset.busy = String(busy);
}
setBusy(0);

async function ask(path, options) {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || `The local Slack answered ${answer.status}.`);
  return body;
}

let asked = 0;
let drawn = 0;

// refresh reads the state and draws it; an answer that was overtaken by a later
// question is not drawn.
export async function refresh() {
  const turn = ++asked;
  const { as, channel } = store.here;
  const query = new URLSearchParams();
  if (as) query.set("as", as);
  if (channel) query.set("channel", channel);
  const state = await ask(`/world/state?${query}`);
  if (turn < drawn) return;
  drawn = turn;
  if (as !== store.here.as || channel !== store.here.channel) return;
  store.state = state;
  draw(state);
}

// act queues one verb. It resolves with the server's answer once the new state
// is on the screen; a refusal is shown as Slack would show it.
export function act(verb, fields = {}) {
  return post("/world/do", JSON.stringify({ verb, as: store.here.as, ...fields }), "application/json");
}

export function post(path, body, type) {
  setBusy(1);
  const run = queue.then(async () => {
    try {
      const answer = await ask(path, { method: "POST", body, headers: { "Content-Type": type } });
      if (answer.error) toast(answer.error, answer.code);
      await refresh();
      return answer;
    } catch (problem) {
      toast(problem.message || "That did not reach the local Slack.");
      return { error: String(problem.message) };
    } finally {
      setBusy(-1);
    }
  });
  queue = run.catch(() => {});
  return run;
}

export function drop(channel, file, text) {
  const query = new URLSearchParams({ as: store.here.as, channel, name: file.name, text: text || "" });
  return post(`/world/drop?${query}`, file, "application/octet-stream");
}

let feed = null;
let soon = 0;
let reading = false;

// catchUp reads once for any number of changes, and again if more came meanwhile.
async function catchUp() {
  soon = 0;
  if (reading) { soon = setTimeout(catchUp, 60); return; }
  reading = true;
  try { await refresh(); } catch { /* the feed's own reconnect comes back to this */ } finally { reading = false; }
}

// listen follows the change feed of the acting person. The browser reconnects
// by itself and says which number it saw last; any change means: read again.
export function listen() {
  feed?.close();
  const query = new URLSearchParams({ as: store.here.as, after: String(store.state?.seq || 0) });
  feed = new EventSource(`/world/events?${query}`);
  const changed = () => { if (!soon) soon = setTimeout(catchUp, 40); };
  feed.addEventListener("change", changed);
  feed.addEventListener("open", () => {
    // After a break the server may be another one, with numbers of its own.
    if (document.documentElement.dataset.live === "false") changed();
    document.documentElement.dataset.live = "true";
  });
  feed.addEventListener("error", () => {
    document.documentElement.dataset.live = "false";
    if (feed.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}
