// Menus, pickers and confirmations that float over the page. One is open at a
// time (a confirmation may stand over a modal); Esc closes it and gives the
// focus back to where it came from.

import { h, $, $$, freshID, append } from "./dom.js";

let open = null;

export const popoverOpen = () => open !== null;

export function closePopover(giveBack = true) {
  if (!open) return;
  const { node, anchor, done } = open;
  open = null;
  node.remove();
  anchor?.setAttribute?.("aria-expanded", "false");
  if (giveBack && anchor?.isConnected) anchor.focus({ preventScroll: true });
  done?.();
}

function place(node, anchor, align) {
  const at = anchor.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  const room = 8;
  let left = align === "end" ? at.right - box.width : at.left;
  left = Math.max(room, Math.min(left, innerWidth - box.width - room));
  let top = at.bottom + 4;
  if (top + box.height > innerHeight - room && at.top - box.height - 4 > room) top = at.top - box.height - 4;
  top = Math.max(room, Math.min(top, innerHeight - box.height - room));
  node.style.left = `${left}px`;
  node.style.top = `${top}px`;
}

export function popover(anchor, content, { align = "start", wide = false, done } = {}) {
  closePopover(false);
  const node = h("div", { class: wide ? "popover popover-wide" : "popover" }, content);
  $("#popovers").append(node);
  place(node, anchor, align);
  anchor.setAttribute("aria-expanded", "true");
  open = { node, anchor, done };
  return node;
}

// menu opens a list of actions. Items: {label, note, run, danger, data} or null for a line.
export function menu(anchor, items, options = {}) {
  if (open?.anchor === anchor) { closePopover(); return; }
  const list = h("div", { role: "menu", class: "menu", "aria-label": options.label || "Menu" });
  for (const item of items) {
    if (!item) { list.append(h("div", { class: "menu-line", role: "separator" })); continue; }
    const button = h("button", { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "menu-item danger" : "menu-item", data: item.data || {} },
      h("span", null, item.label), item.note ? h("small", null, item.note) : null);
    button.addEventListener("click", () => { closePopover(); item.run(); });
    list.append(button);
  }
  if (options.foot) list.append(h("div", { class: "menu-foot" }, options.foot));
  popover(anchor, list, { align: options.align || "end" });
  const buttons = $$("button", list);
  buttons[0]?.focus();
  list.addEventListener("keydown", (event) => {
    const n = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: n + 1, ArrowUp: n - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); buttons[(to + buttons.length) % buttons.length]?.focus(); }
    if (event.key === "Tab") closePopover();
  });
}

// listbox opens a searchable list. Groups: [{label, options: [{value, label, note}]}].
// With multi, choose gets the whole array on every change.
export function listbox(anchor, groups, chosen, choose, { multi = false, label = "Options", search } = {}) {
  if (open?.anchor === anchor) { closePopover(); return; }
  const id = freshID("list");
  const list = h("div", { role: "listbox", id, class: "options", "aria-label": label, "aria-multiselectable": multi ? "true" : undefined });
  const box = h("input", { type: "text", class: "options-search", role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list", "aria-label": `Find in ${label}`, placeholder: "Find…", autocomplete: "off" });
  const picked = new Set(chosen);
  let shown = [];
  let at = 0;
  const mark = () => {
    shown.forEach((node, n) => node.classList.toggle("at", n === at));
    if (shown[at]) { box.setAttribute("aria-activedescendant", shown[at].id); shown[at].scrollIntoView({ block: "nearest" }); }
  };
  const take = (option) => {
    if (!multi) { closePopover(); choose([option.value]); return; }
    if (picked.has(option.value)) picked.delete(option.value); else picked.add(option.value);
    choose([...picked]);
    fill(groups);
  };
  const fill = (from) => {
    const words = search ? "" : box.value.trim().toLowerCase();
    list.replaceChildren();
    shown = [];
    for (const group of from) {
      const hits = group.options.filter((o) => !words || o.label.toLowerCase().includes(words));
      if (!hits.length) continue;
      if (group.label) list.append(h("div", { class: "options-group", role: "presentation" }, group.label));
      for (const option of hits) {
        const node = h("div", { role: "option", id: freshID("option"), class: "option", data: { value: option.value }, "aria-selected": picked.has(option.value) ? "true" : "false" },
          h("span", null, option.label), option.note ? h("small", null, option.note) : null);
        node.addEventListener("click", () => take(option));
        node.addEventListener("pointermove", () => { at = shown.indexOf(node); shown.forEach((x, n) => x.classList.toggle("at", n === at)); });
        node.option = option;
        list.append(node);
        shown.push(node);
      }
    }
    if (!shown.length) list.append(h("div", { class: "options-none" }, "Nothing found"));
    at = Math.min(at, Math.max(0, shown.length - 1));
    mark();
  };
  box.addEventListener("input", async () => { at = 0; if (search) groups = await search(box.value); fill(groups); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (shown.length) at = (at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (shown[at]) take(shown[at].option);
    } else if (event.key === "Tab") closePopover();
  });
  popover(anchor, append(h("div", { class: "picker" }), [box, list]), { wide: true });
  at = 0;
  fill(groups);
  const first = shown.findIndex((node) => picked.has(node.option.value));
  if (first > 0) { at = first; mark(); }
  if (search) search("").then((found) => { groups = found; fill(groups); });
  box.focus();
}

// confirm asks with the words of a Slack confirm object and resolves to a yes or no.
export function confirm({ title, text, yes, no, danger }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const titleID = freshID("confirm");
    const done = (answer) => { node.remove(); before?.focus?.(); resolve(answer); };
    const ok = h("button", { type: "button", class: danger ? "button danger solid" : "button primary", data: { testid: "confirm-yes" }, on: { click: () => done(true) } }, yes);
    const cancel = h("button", { type: "button", class: "button", data: { testid: "confirm-no" }, on: { click: () => done(false) } }, no);
    const node = h("div", { class: "shade shade-top" },
      h("div", { role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleID, class: "confirm" },
        h("h2", { id: titleID }, title), h("div", { class: "confirm-text" }, text), h("div", { class: "confirm-foot" }, cancel, ok)));
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); done(false); }
      trap(event, node);
    });
    document.body.append(node);
    ok.focus();
  });
}

// trap keeps Tab inside a window.
export function trap(event, node) {
  if (event.key !== "Tab") return;
  const stops = $$('a[href], button:not([disabled]), input:not([disabled]), textarea, select, [tabindex="0"]', node).filter((x) => x.offsetParent !== null);
  if (!stops.length) return;
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
  else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.node.contains(event.target) && !open.anchor?.contains?.(event.target)) closePopover(false);
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); closePopover(); }
}, true);
addEventListener("resize", () => closePopover(false));
