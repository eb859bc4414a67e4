// The page starts here: read the state, draw it, follow the changes.

import { h, $, icon, replace } from "./dom.js";
import { act, listen, onState, post, refresh } from "./api.js";
import { drawMessages, drawThread, closeThread, inSight, newerGone, toNewest } from "./messages.js";
import { drawHome, drawViews, modalOpen } from "./views.js";
import { drawHead, drawSidebar, sideKeys } from "./sidebar.js";
import { composer, dropZone, placeholder } from "./composer.js";
import { drawTour, openTour } from "./tour.js";
import { popoverOpen } from "./popover.js";
import { toast } from "./toast.js";
import { store, remember, recall } from "./store.js";

const { here } = store;

function draw(state) {
  document.title = `${title(state)}`;
  $("#title").textContent = state.title;
  drawClock(state);
  drawPersonas(state);
  drawSidebar(go);
  drawHead(go);
  drawHome();
  drawMessages();
  drawThread();
  drawViews();
  drawTour();
  placeholder();
  read();
}

function title(state) {
  const unread = state.channels.reduce((sum, c) => sum + (c.kind === "dm" ? c.unread : 0), 0);
  return unread ? `(${unread}) ${state.title}` : state.title;
}

function drawClock(state) {
  const now = $("#clock-now");
  if (now.textContent !== state.clock.label) {
    const [day, year, time] = state.clock.label.split(/( \d{4}(?=,))/);
    replace(now, day, h("span", { class: "only-wide" }, year || ""), time || "");
  }
  now.dateTime = state.now;
  now.title = state.zone;
  for (const name of ["hour", "morning", "friday"]) {
    const button = $(`#clock-${name}`);
    button.hidden = !state.clock.moves;
    button.title = `Move the clock to ${state.clock[name]}`;
  }
}

function drawPersonas(state) {
  const select = $("#act-as");
  const signature = JSON.stringify([state.personas, state.me.id]);
  if (select.dataset.signature === signature) return;
  select.dataset.signature = signature;
  replace(select, state.personas.map((p) => h("option", { value: p.id, title: p.line }, `${p.name}${p.line ? ` (${p.line})` : ""}${p.unread && p.id !== state.me.id ? ` · ${p.unread} new` : ""}`)));
  select.value = state.me.id;
}

// read tells the server what has been seen: the open conversation, when its last
// message is on a visible screen.
let seen = "";
function read() {
  const { state } = store;
  const last = state.messages.at(-1)?.ts;
  const replies = Object.values(state.threads).flat().map((m) => m.ts).sort().at(-1) || "";
  const ts = [last || "", replies].sort().at(-1);
  const mark = `${here.as}/${state.channel}/${ts}`;
  const channel = state.channels.find((c) => c.id === state.channel);
  if (!ts || !channel?.unread || here.home || document.hidden || mark === seen) return;
  if (!inSight()) return;
  seen = mark;
  post("/world/read", JSON.stringify({ as: here.as, channel: state.channel, ts }), "application/json");
}

function drawer(open) {
  document.body.classList.toggle("drawer-open", open);
  $("#scrim").hidden = !open;
  $("#drawer").setAttribute("aria-expanded", String(open));
  if (open) $("#sidebar .here, #sidebar .place")?.focus();
}

// go opens a conversation, or the app's Home.
async function go(channel, home) {
  const entered = home && !here.home;
  const left = !home && here.home;
  here.home = home;
  if (channel && channel !== here.channel) { here.channel = channel; here.thread = ""; }
  remember("channel", here.channel);
  drawer(false);
  const shown = refresh().catch(() => {});
  if (entered) await act("open_home");
  else if (left) await act("open_messages");
  else await shown;
  if (!home) $("#composer").focus();
}

async function become(id) {
  here.as = id;
  here.channel = "";
  here.thread = "";
  here.home = false;
  remember("as", id);
  await refresh();
  here.channel = store.state.channel;
  listen();
}

function theme(next) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = next || recall("theme") || (dark ? "dark" : "light");
  document.documentElement.dataset.theme = now;
  $("#theme").setAttribute("aria-label", now === "dark" ? "Switch to light" : "Switch to dark");
  return now;
}

async function start() {
  for (const [id, name] of [["drawer", "menu"], ["theme", "moon"], ["tour-open", "compass"]]) $(`#${id}`).append(icon(name));
  theme();
  const main = composer($("#composer-box"));
  dropZone($("#main"), main.upload);
  sideKeys($("#sidebar"));
  onState(draw);
  here.as = new URLSearchParams(location.search).get("as") || recall("as");
  await refresh();
  here.as = store.state.me.id;
  here.channel = store.state.channel;
  listen();
  $("#act-as").addEventListener("change", (event) => become(event.target.value));
  for (const to of ["hour", "morning", "friday"]) {
    const button = $(`#clock-${to}`);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      await post("/world/clock", JSON.stringify({ as: here.as, to }), "application/json");
      button.removeAttribute("aria-busy");
    });
  }
  $("#theme").addEventListener("click", () => { const to = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; remember("theme", to); theme(to); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme());
  $("#drawer").addEventListener("click", () => drawer(!document.body.classList.contains("drawer-open")));
  $("#scrim").addEventListener("click", () => drawer(false));
  $("#tour-open").addEventListener("click", openTour);
  $("#messages").addEventListener("scroll", () => { newerGone(); read(); }, { passive: true });
  $("#newer").addEventListener("click", toNewest);
  document.addEventListener("visibilitychange", read);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || popoverOpen() || modalOpen()) return;
    if (document.body.classList.contains("drawer-open")) drawer(false);
    else if (here.thread) closeThread();
  });
  document.documentElement.dataset.ready = "true";
  if (innerWidth > 720) $("#composer").focus();
}

window.localSlackReady = start();
window.localSlackReady.catch((problem) => toast(`The page could not start: ${problem.message} Reload to try again.`));
