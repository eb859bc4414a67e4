// Building the page out of nodes. Nothing here (or anywhere else on the page)
// parses a string as HTML: what people wrote only ever becomes a text node.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") for (const [type, fn] of Object.entries(value)) node.addEventListener(type, fn);
    else if (key === "data") for (const [name, v] of Object.entries(value)) { if (v !== undefined && v !== null) node.dataset[name] = v; }
    else if (key === "text") node.textContent = value;
    else if (key === "value") node.value = value;
    else if (value === true) node.setAttribute(key, "");
    else node.setAttribute(key, String(value));
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of children) {
    if (child === undefined || child === null || child === false || child === "") continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child);
  }
  return node;
}

// h makes an HTML element, s an SVG one.
export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
export const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

// safeLink answers the address if it is of a kind a chat may link to, else "".
export function safeLink(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? address : "";
  } catch {
    return "";
  }
}

export function link(address, ...children) {
  const href = safeLink(address);
  if (!href) return h("span", { class: "dead-link" }, ...children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

let lastID = 0;
export const freshID = (stem) => `${stem}-${++lastID}`;

// reconcile keeps the children of node that did not change: each item has a key
// and a signature; only items with a new signature are built again.
export function reconcile(node, items) {
  const old = new Map();
  for (const child of [...node.children]) if (child.dataset.key) old.set(child.dataset.key, child);
  let at = node.firstElementChild;
  for (const { key, signature, build } of items) {
    let child = old.get(key);
    if (child && child.signature === signature) {
      old.delete(key);
    } else {
      const made = build();
      made.dataset.key = key;
      made.signature = signature;
      if (child) {
        const focus = child.contains(document.activeElement) ? focusPath(document.activeElement) : null;
        if (child === at) at = child.nextElementSibling;
        child.remove();
        old.delete(key);
        if (focus) queueMicrotask(() => (made.querySelector(focus) || made).focus?.({ preventScroll: true }));
      }
      child = made;
    }
    if (child === at) at = at.nextElementSibling;
    else node.insertBefore(child, at);
  }
  for (const child of old.values()) child.remove();
  while (at && !at.dataset.key) { const next = at.nextElementSibling; at.remove(); at = next; }
}

function focusPath(node) {
  const id = node.dataset.actionId;
  if (!id) return null;
  const block = node.closest("[data-block-id]")?.dataset.blockId;
  const own = `[data-action-id="${CSS.escape(id)}"]`;
  return block ? `[data-block-id="${CSS.escape(block)}"] ${own}` : own;
}

// icon draws one of a few line icons of our own.
const ICONS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  clip: "M20 11.5l-8.200 8.200a5 5 0 0 1-7-7L13 4.400a3.300 3.300 0 0 1 4.700 4.700l-8.100 8.100a1.700 1.700 0 0 1-2.400-2.400l7.600-7.5",
  send: "M4 12l16-8-5 16-3.5-6.5z",
  reply: "M4 5h16v11H11l-5 4v-4H4z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  down: "M7 10l5 5 5-5",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M3.5 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  home: "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  compass: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM15.5 8.5l-2 5-5 2 2-5z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
};

export function icon(name) {
  return s("svg", { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" }, s("path", { d: ICONS[name] }));
}
