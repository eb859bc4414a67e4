// The message box: Enter sends, Shift+Enter breaks the line, a slash opens the
// command list, arrow up brings back what was sent before; the lightning menu
// holds the app's shortcuts, the clip and drag & drop send files.

import { h, $, icon, freshID, replace } from "./dom.js";
import { act, drop } from "./api.js";
import { menu } from "./popover.js";
import { toast } from "./toast.js";
import { store, channelName } from "./store.js";

const MAX_FILE = 20 * 1024 * 1024;
const sent = new Map(); // place -> what was sent there, oldest first

const place = () => `${store.here.as}/${store.state?.channel}`;

// completions answers the lines to offer for what was typed so far.
export function completions(text, app, users) {
  if (text.startsWith("/") && app.command) {
    const [head, ...rest] = text.split(" ");
    if (!rest.length) {
      if (!app.command.startsWith(head)) return [];
      return [{ insert: `${app.command} `, label: `${app.command} ${app.usage_hint || ""}`.trim(), note: app.description }];
    }
    if (head !== app.command || text.includes("\n")) return [];
    const typed = rest.join(" ").toLowerCase();
    return (app.subcommands || []).filter((x) => x.word.toLowerCase().startsWith(typed) && x.word.toLowerCase() !== typed.trimEnd())
      .map((x) => ({ insert: `${app.command} ${x.word} `, label: `${app.command} ${x.word} ${x.hint || ""}`.trim(), note: x.say }));
  }
  const at = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text);
  if (at) {
    const typed = at[1].toLowerCase();
    return Object.values(users).filter((u) => !u.deleted && (u.handle.toLowerCase().startsWith(typed) || u.name.toLowerCase().startsWith(typed)))
      .slice(0, 8).map((u) => ({ insert: `${text.slice(0, text.length - at[1].length)}${u.handle} `, label: u.name, note: `@${u.handle}` }));
  }
  return [];
}

// composer builds a message box into node; options.thread makes it a reply box.
export function composer(node, options = {}) {
  const listID = freshID("complete");
  const list = h("div", { id: listID, role: "listbox", class: "complete", "aria-label": "Suggestions", hidden: true });
  const box = h("textarea", { id: options.id || "composer", class: "composer", rows: 1, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listID, "aria-label": options.thread ? "Reply" : "Message", placeholder: options.thread ? "Reply…" : "", spellcheck: "true" });
  const send = h("button", { id: options.sendID || "send", type: "button", class: "send", "aria-label": "Send" }, icon("send"));
  const bolt = h("button", { type: "button", class: "icon-button", "aria-label": "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false", data: { testid: "shortcuts" } }, icon("bolt"));
  const chooser = h("input", { type: "file", hidden: true, "aria-hidden": "true", tabindex: "-1", data: { testid: "file-input" } });
  const clip = h("button", { type: "button", class: "icon-button", "aria-label": "Add a file" }, icon("clip"));
  let offered = [];
  let at = -1;
  let back = 0;

  const size = () => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight, 220)}px`; send.disabled = !box.value.trim(); };
  const set = (text) => { box.value = text; size(); box.setSelectionRange(text.length, text.length); };
  const offer = () => {
    offered = options.thread && box.value.startsWith("/") ? [] : completions(box.value, store.state.app, store.state.users);
    at = offered.length ? 0 : -1;
    drawOffer();
  };
  const drawOffer = () => {
    list.hidden = !offered.length;
    box.setAttribute("aria-expanded", String(offered.length > 0));
    replace(list, offered.map((one, n) => {
      const row = h("div", { role: "option", id: `${listID}-${n}`, class: n === at ? "option at" : "option", "aria-selected": String(n === at), data: { insert: one.insert } }, h("span", null, one.label), one.note ? h("small", null, one.note) : null);
      row.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(n); });
      return row;
    }));
    if (at >= 0) { box.setAttribute("aria-activedescendant", `${listID}-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); } else box.removeAttribute("aria-activedescendant");
  };
  const close = () => { offered = []; at = -1; drawOffer(); };
  const pick = (n) => { set(offered[n].insert); offer(); box.focus(); };

  const go = async () => {
    const text = box.value.trim();
    if (!text) return;
    if (options.thread && text.startsWith("/") && !text.startsWith("//")) { toast("Slack does not run commands in threads.", "threads"); return; }
    const channel = store.state.channel;
    const past = sent.get(place()) || [];
    if (past.at(-1) !== text) past.push(text);
    sent.set(place(), past.slice(-50));
    back = 0;
    set("");
    close();
    const bottom = $(options.thread ? "#thread-messages" : "#messages");
    if (bottom) bottom.scrollTop = bottom.scrollHeight;
    const answer = await (text.startsWith("/") ? act("command", { channel, text }) : act("say", { channel, thread_ts: options.thread ? store.here.thread : "", text }));
    // What could not be delivered is not lost: it comes back unless more was typed.
    if (answer.error && !box.value) set(text);
  };

  box.addEventListener("input", () => { size(); back = 0; offer(); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (offered.length) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); at = (at + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length; drawOffer(); return; }
      if (event.key === "Tab") { event.preventDefault(); pick(at); return; }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); return; }
      const whole = offered[at] && offered[at].insert.trim() === box.value.trim();
      if (event.key === "Enter" && !event.shiftKey && !whole && !/^\/\S+ /.test(box.value)) { event.preventDefault(); pick(at); return; }
    }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); go(); return; }
    const past = sent.get(place()) || [];
    if (event.key === "ArrowUp" && past.length && (box.value === "" || back > 0)) {
      event.preventDefault();
      back = Math.min(back + 1, past.length);
      set(past[past.length - back]);
    } else if (event.key === "ArrowDown" && back > 0) {
      event.preventDefault();
      back--;
      set(back ? past[past.length - back] : "");
    }
  });
  // Enter was done with at keydown; a browser that is driven from outside sends
  // its character all the same.
  box.addEventListener("keypress", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) event.preventDefault(); });
  send.addEventListener("click", () => { go(); box.focus(); });
  bolt.addEventListener("click", () => {
    const items = store.state.app.shortcuts.filter((x) => x.type === "global").map((x) => ({ label: x.name, note: x.description, data: { shortcut: x.callback_id }, run: () => act("shortcut", { callback_id: x.callback_id }) }));
    if (!items.length) { toast("This app has no shortcuts."); return; }
    menu(bolt, items, { align: "start", label: "Shortcuts", foot: `Shortcuts of ${store.state.app.name}` });
  });
  const upload = async (files) => {
    for (const file of files) {
      if (file.size > MAX_FILE) { toast(`${file.name} is larger than 20 MB.`); continue; }
      await drop(store.state.channel, file, "");
    }
  };
  clip.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => { upload([...chooser.files]).then(() => { chooser.value = ""; }); });

  replace(node, list, h("div", { class: "composer-card" }, box,
    h("div", { class: "composer-tools" }, options.thread ? null : bolt, options.thread ? null : clip, chooser,
      h("span", { class: "composer-tip" }, h("kbd", null, "Enter"), " sends · ", h("kbd", null, "Shift+Enter"), " new line", options.thread ? "" : " · / for commands"), send)));
  size();
  return { box, upload };
}

// placeholder names the conversation in the box; it changes with the channel.
export function placeholder() {
  const channel = store.state.channels.find((c) => c.id === store.state.channel);
  const name = channel ? (channel.kind === "dm" ? channel.name : `#${channelName(channel.id)}`) : "";
  $("#composer").placeholder = `Message ${name}`;
  $("#composer").setAttribute("aria-label", `Message ${name}`);
}

// dropZone lets people drop files anywhere on the conversation.
export function dropZone(node, upload) {
  let depth = 0;
  const over = (on) => node.classList.toggle("dropping", on);
  node.addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); depth++; over(true); } });
  node.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  node.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) over(false); });
  node.addEventListener("drop", (event) => {
    depth = 0;
    over(false);
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    upload([...event.dataTransfer.files]);
  });
}
