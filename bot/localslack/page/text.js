// Slack's mrkdwn, parsed by hand into nodes. Only what the sender marked up
// comes alive, and links only to addresses a chat may link to.

import { h, link, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { store, userName, channelName } from "./store.js";
import { fromFormat } from "./when.js";

export const decode = (text) => text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

const WORD = /[\p{L}\p{N}]/u;
const boundary = (ch) => ch === undefined || ch === "" || !WORD.test(ch);

// mention names a person; the acting person's own is marked stronger.
export function mention(id, label) {
  const own = id === store.state?.me?.id;
  return h("span", { class: own ? "mention mention-me" : "mention", data: { user: id } }, `@${label || userName(id)}`);
}

export function channelMention(id, label) {
  const name = label || channelName(id);
  return h("span", { class: "mention" }, name ? `#${name}` : "#private channel");
}

export const everyone = (word) => h("span", { class: "mention mention-me" }, `@${word}`);

function control(body) {
  const [head, ...rest] = body.split("|");
  const label = rest.join("|");
  if (head.startsWith("@")) return mention(head.slice(1), decode(label));
  if (head.startsWith("#")) return channelMention(head.slice(1), decode(label));
  if (head.startsWith("!date^")) {
    const [, unix, pattern, address] = head.split("^");
    const shown = /^\d+$/.test(unix) ? fromFormat(Number(unix), decode(pattern || "")) : decode(label);
    const node = h("time", { class: "when", title: decode(label) }, shown);
    return address ? link(decode(address), node) : node;
  }
  if (head.startsWith("!subteam^")) return h("span", { class: "mention" }, decode(label) || "@group");
  if (/^!(here|channel|everyone)$/.test(head)) return everyone(head.slice(1));
  if (head.startsWith("!")) return document.createTextNode(decode(label || head.slice(1)));
  if (/^[a-z][a-z0-9+.-]*:/i.test(head)) {
    const address = decode(head);
    return link(address, label ? inlineLabel(label) : address.replace(/^(mailto|tel):/, ""));
  }
  return document.createTextNode(decode(`<${body}>`));
}

const inlineLabel = (label) => h("span", null, emojiText(decode(label)));

// emojiText turns :names: into their characters, leaving unknown names alone.
export function emojiText(text) {
  return text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/g, (all, name) => emoji(name) || all);
}

const MARKS = { "*": "strong", _: "em", "~": "s" };

// closing finds the mark that ends what begins at `from`, jumping over control
// sequences and code, so that an underscore in an address ends nothing.
function closing(text, mark, from) {
  for (let i = from; i < text.length; i++) {
    const ch = text[i];
    if (ch === "\n") return -1;
    if (ch === "<") { const end = text.indexOf(">", i); if (end > 0) { i = end; continue; } }
    if (ch === "`" && mark !== "`") { const end = text.indexOf("`", i + 1); if (end > 0) { i = end; continue; } }
    if (ch === mark && i > from && !/\s/.test(text[i - 1]) && boundary(text[i + 1])) return i;
  }
  return -1;
}

// inline parses one run of text; options.verbatim leaves bare addresses alone.
export function inline(text, options = {}) {
  const out = [];
  let plain = "";
  const flush = () => {
    if (!plain) return;
    const shown = emojiText(decode(plain));
    out.push(...(options.verbatim ? [shown] : autolink(shown)));
    plain = "";
  };
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (ch === "<") {
      const end = text.indexOf(">", i);
      if (end > i + 1) { flush(); out.push(control(text.slice(i + 1, end))); i = end; continue; }
    } else if (ch === "`") {
      const end = text.indexOf("`", i + 1);
      if (end > i + 1 && !text.slice(i, end).includes("\n")) { flush(); out.push(h("code", null, decode(text.slice(i + 1, end)))); i = end; continue; }
    } else if (MARKS[ch] && boundary(text[i - 1]) && text[i + 1] && !/\s/.test(text[i + 1]) && text[i + 1] !== ch) {
      const end = closing(text, ch, i + 1);
      if (end > 0) { flush(); out.push(h(MARKS[ch], null, inline(text.slice(i + 1, end), options))); i = end; continue; }
    } else if (ch === "\n") {
      flush(); out.push(h("br")); continue;
    }
    plain += ch;
  }
  flush();
  return out;
}

function autolink(text) {
  const out = [];
  let at = 0;
  for (const hit of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g)) {
    if (hit.index > at) out.push(text.slice(at, hit.index));
    out.push(link(hit[0], hit[0]));
    at = hit.index + hit[0].length;
  }
  if (at < text.length) out.push(text.slice(at));
  return out;
}

// preformatted is a code block with a copy button, for drafts above all.
export function preformatted(text) {
  const button = h("button", { type: "button", class: "copy", "aria-label": "Copy this text", title: "Copy" }, icon("copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button.previousSibling);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    button.replaceChildren(icon("check"));
    button.setAttribute("aria-label", "Copied");
    setTimeout(() => { button.replaceChildren(icon("copy")); button.setAttribute("aria-label", "Copy this text"); }, 1600);
  });
  return h("div", { class: "pre-box" }, h("pre", { tabindex: "0" }, text), button);
}

// mrkdwn renders a whole text object: fences, quotes, then runs.
export function mrkdwn(text, options = {}) {
  const out = [];
  const parts = String(text ?? "").split("```");
  parts.forEach((part, n) => {
    if (n % 2 === 1 && n < parts.length - 1) {
      out.push(preformatted(decode(part.replace(/^\n|\n$/g, "")).replace(/<([^>|]+)\|?([^>]*)>/g, (all, address, label) => label || (/^[a-z]+:/i.test(address) ? address : all))));
      return;
    }
    if (n % 2 === 1) part = "```" + part;
    out.push(...quotes(part, options, n > 0));
  });
  return out;
}

function quotes(text, options, afterFence) {
  if (afterFence) text = text.replace(/^\n/, "");
  const out = [];
  let run = [];
  let quoted = false;
  const flush = () => {
    if (run.length && (quoted || run.join("") !== "")) {
      const nodes = inline(run.join("\n"), options);
      out.push(...(quoted ? [h("blockquote", null, nodes)] : nodes));
    }
    run = [];
  };
  for (const line of text.split("\n")) {
    const hit = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (Boolean(hit) !== quoted) { flush(); quoted = Boolean(hit); }
    run.push(hit ? hit[1] : line);
  }
  flush();
  return out;
}

// textObject renders Slack's {type: plain_text|mrkdwn, text}.
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim === true });
  return lines(object.emoji === false ? object.text : emojiText(object.text || ""));
}

export function lines(text) {
  return String(text ?? "").split("\n").flatMap((line, n) => (n ? [h("br"), line] : [line]));
}

// plainOf is the text of a plain_text object; emoji: false keeps :names: as typed.
export function plainOf(object) {
  if (typeof object === "string") return object;
  const text = object?.text || "";
  return object?.emoji === false ? text : emojiText(text);
}
