// The guided tour: a small panel that names one thing after the other and rings
// the place it speaks of. It can be closed at any time and opened again.

import { h, $, icon, replace } from "./dom.js";
import { store, remember, recall } from "./store.js";

let ringed = null;

function ring(selector) {
  ringed?.classList.remove("ringed");
  ringed = null;
  if (!selector) return;
  try { ringed = document.querySelector(selector); } catch { return; }
  ringed?.classList.add("ringed");
  ringed?.scrollIntoView({ block: "nearest" });
}

export function drawTour() {
  const panel = $("#tour");
  const steps = store.state.tour || [];
  $("#tour-open").hidden = !steps.length;
  const closed = !steps.length || recall("tour") === "closed";
  panel.hidden = closed;
  if (closed) { ring(""); return; }
  const n = Math.min(store.here.tour, steps.length - 1);
  const step = steps[n];
  ring(step.target);
  if (panel.dataset.step === String(n)) return;
  panel.dataset.step = String(n);
  const to = (k) => { store.here.tour = k; drawTour(); $("#tour-next")?.focus(); };
  const last = n === steps.length - 1;
  panel.classList.remove("more");
  replace(panel,
    h("div", { class: "tour-head" }, h("span", { class: "faint" }, `${n + 1} of ${steps.length}`), h("button", { type: "button", class: "icon-button", id: "tour-close", "aria-label": "Close the tour", on: { click: closeTour } }, icon("close"))),
    h("h2", null, step.title), h("p", { class: "tour-text" }, step.text),
    step.action ? h("p", { class: "tour-action" }, step.action) : null,
    (step.lines || []).map((line) => h("button", { type: "button", class: "tour-line", title: "Put it into the message box", on: { click: () => write(line) } }, line)),
    h("div", { class: "tour-foot" },
      h("button", { type: "button", class: "button only-narrow", on: { click: () => panel.classList.toggle("more") } }, "Why"),
      n > 0 ? h("button", { type: "button", class: "button", on: { click: () => to(n - 1) } }, "Back") : null,
      h("button", { type: "button", class: "button primary", id: "tour-next", on: { click: () => (last ? closeTour() : to(n + 1)) } }, last ? "Done" : "Next")));
}

// write puts a line into the message box, where Enter sends it.
function write(line) {
  const box = $("#composer");
  if (!box) return;
  box.value = line;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

export function closeTour() {
  remember("tour", "closed");
  drawTour();
  $("#composer")?.focus();
}

export function openTour() {
  remember("tour", "open");
  store.here.tour = 0;
  $("#tour").dataset.step = "";
  drawTour();
  $("#tour-next")?.focus();
}
