// Forms (modals, of which the topmost of the stack shows) and the App Home.

import { h, $, $$, icon, freshID, replace } from "./dom.js";
import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { popoverOpen, closePopover, trap } from "./popover.js";
import { store } from "./store.js";

let open = null; // {key, node, view, unsent, before}

function surface(view, where) {
  const send = (block, element, value) => act("act", { ...where, block_id: block.block_id, action_id: element.action_id, value });
  return {
    state: view.state, errors: view.errors, act: send,
    fill: (block, element, value) => act("fill", { view_id: view.id, block_id: block.block_id, action_id: element.action_id, value }),
    suggest: (block, element, query) => act("suggest", { ...where, block_id: block.block_id, action_id: element.action_id, text: query }).then((a) => a.options || []),
  };
}

// drawViews shows the top of the acting person's stack. The window is built
// again only when its content changed; what is typed but not yet sent stays.
export function drawViews() {
  const stack = store.state.views || [];
  const view = stack.at(-1);
  if (!view) { if (open) shut(); return; }
  const key = JSON.stringify([view.id, view.hash, view.blocks, view.title, view.submit, view.errors, stack.length]);
  if (open && open.key === key) return;
  const same = open && open.view.id === view.id;
  const typed = same ? open.unsent : new Map();
  const focus = same && open.node.contains(document.activeElement) ? document.activeElement.dataset.actionId : "";
  const scroll = same ? $(".modal-body", open.node).scrollTop : 0;
  const before = open ? open.before : document.activeElement;
  build(view, stack.length, key, typed, before);
  $(".modal-body", open.node).scrollTop = scroll;
  const wrong = $(".has-error [data-action-id]", open.node);
  const kept = focus && $(`[data-action-id="${CSS.escape(focus)}"]`, open.node);
  const target = (Object.keys(view.errors || {}).length && wrong) || kept || $(".modal-body input:not([type=hidden]), .modal-body textarea, .modal-body button", open.node) || $("[data-testid=modal-close]", open.node);
  target.focus({ preventScroll: Boolean(kept) });
}

function build(view, depth, key, unsent, before) {
  const titleID = freshID("modal");
  const ctx = surface(view, { view_id: view.id });
  const state = structuredClone(view.state || {});
  for (const [id, one] of unsent) if (one.value !== undefined) ((state[one.block] ||= {})[one.action] = { value: one.value, id });
  ctx.state = state;
  ctx.dirty = (block, element, value) => unsent.set(`${block.block_id}/${element.action_id}`, { block: block.block_id, action: element.action_id, value });
  const fill = ctx.fill;
  // A field that leaves the screen with its window still tells of a change; by
  // then the window may hold other fields.
  ctx.fill = (block, element, value) => {
    if (!node.isConnected) return undefined;
    unsent.delete(`${block.block_id}/${element.action_id}`);
    return fill(block, element, value);
  };
  const submit = view.submit ? h("button", { type: "button", class: "button primary solid", id: "modal-submit", data: { testid: "modal-submit" } }, view.submit) : null;
  if (submit && view.submit_disabled) submit.disabled = true;
  const go = async () => {
    if (!submit || submit.disabled || submit.getAttribute("aria-busy")) return;
    submit.setAttribute("aria-busy", "true");
    for (const one of [...unsent.values()]) fill({ block_id: one.block }, { action_id: one.action }, { text: one.value });
    unsent.clear();
    await act("submit", { view_id: view.id });
    submit.removeAttribute("aria-busy");
  };
  ctx.enter = go;
  submit?.addEventListener("click", go);
  const cancel = () => act("close_view", { view_id: view.id });
  const closeAll = () => act(depth > 1 ? "clear_views" : "close_view", { view_id: view.id });
  const node = h("div", { class: "shade" }, h("div", { role: "dialog", "aria-modal": "true", "aria-labelledby": titleID, class: "modal", data: { viewId: view.id, callbackId: view.callback_id } },
    h("div", { class: "modal-head" },
      depth > 1 ? h("button", { type: "button", class: "icon-button back", "aria-label": "Back", on: { click: cancel } }, icon("down")) : null,
      h("h2", { id: titleID }, view.title || ""),
      h("button", { type: "button", class: "icon-button", "aria-label": "Close", data: { testid: "modal-close" }, on: { click: closeAll } }, icon("close"))),
    h("div", { class: "modal-body" }, blocks(view.blocks, ctx)),
    h("div", { class: "modal-foot" }, h("span", { class: "modal-app" }, store.state.app.name), h("button", { type: "button", class: "button", data: { testid: "modal-cancel" }, on: { click: cancel } }, view.close || (view.submit ? "Cancel" : "Close")), submit)));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !popoverOpen()) { event.stopPropagation(); cancel(); }
    trap(event, node);
  });
  replace($("#overlay"), node);
  open = { key, node, view, unsent, before };
}

function shut() {
  const { before } = open;
  open = null;
  closePopover(false);
  $("#overlay").replaceChildren();
  (before?.isConnected && before !== document.body ? before : $("#composer"))?.focus?.({ preventScroll: true });
}

export const modalOpen = () => open !== null;

let homeKey = "";

// drawHome shows the app's Home tab when it is the open one.
export function drawHome() {
  const box = $("#home");
  box.hidden = !store.here.home;
  $("#messages").hidden = store.here.home;
  $("#composer-box").hidden = store.here.home;
  if (!store.here.home) return;
  const view = store.state.home;
  const key = JSON.stringify([view, store.here.as]);
  if (key === homeKey) return;
  homeKey = key;
  const active = box.contains(document.activeElement) ? document.activeElement.dataset.actionId : "";
  const scroll = box.scrollTop;
  if (!view) {
    replace(box, h("div", { class: "home-page" }, h("div", { class: "nothing" }, h("strong", null, "Nothing here yet"), h("p", null, `${store.state.app.name} has not drawn your Home so far.`))));
  } else {
    replace(box, h("div", { class: "home-page", data: { viewId: view.id } }, blocks(view.blocks, surface(view, { view_id: view.id, home: true }))));
  }
  box.scrollTop = scroll;
  if (active) $$("[data-action-id]", box).find((x) => x.dataset.actionId === active)?.focus({ preventScroll: true });
}
