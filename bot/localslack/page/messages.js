// The message list and the thread panel: grouped by author, with day lines,
// a line where the unread ones begin, and a menu on every message.

import { h, $, icon, reconcile, replace } from "./dom.js";
import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { decode, mrkdwn, emojiText } from "./text.js";
import { emoji } from "./emoji.js";
import { menu } from "./popover.js";
import { store } from "./store.js";
import { clockTime, dayKey, dayLabel, fromTS, fullTime, ago } from "./when.js";
import { composer } from "./composer.js";

const GROUP_SECONDS = 300;

export function avatar(id, large) {
  const user = store.state.users[id] || { name: "?", hue: 0 };
  const letters = user.name.split(/\s+/).map((word) => [...word][0] || "").slice(0, 2).join("").toUpperCase();
  return h("span", { class: `avatar hue-${user.hue}${large ? " avatar-large" : ""}${user.bot ? " avatar-app" : ""}`, "aria-hidden": "true" }, letters);
}

// onMessage is what blocks in a message need to know of where they stand.
function onMessage(m) {
  const where = { channel: m.channel, ts: m.ts };
  const send = (block, element, value) => act("act", { ...where, block_id: block.block_id, action_id: element.action_id, value });
  return {
    state: m.state, act: send,
    fill: send,
    suggest: (block, element, query) => act("suggest", { ...where, block_id: block.block_id, action_id: element.action_id, text: query }).then((a) => a.options || []),
  };
}

function fileCard(file) {
  const size = file.size < 1024 ? `${file.size} bytes` : file.size < 1048576 ? `${(file.size / 1024).toFixed(1)} kB` : `${(file.size / 1048576).toFixed(1)} MB`;
  return h("a", { class: "file", href: `/world/files/${encodeURIComponent(file.id)}?as=${encodeURIComponent(store.here.as)}`, download: file.name, data: { file: file.id } },
    icon("file"), h("span", null, h("strong", null, file.name), h("small", null, `${size} · Download`)));
}

function tools(m, inThread) {
  const shortcuts = store.state.app.shortcuts.filter((x) => x.type === "message");
  const items = shortcuts.map((x) => ({ label: x.name, note: store.state.app.name, data: { shortcut: x.callback_id }, run: () => act("message_shortcut", { channel: m.channel, ts: m.ts, callback_id: x.callback_id }) }));
  const list = [];
  if (!inThread && !m.ephemeral) {
    list.push({ label: "Reply in thread", run: () => openThread(m) });
    if (items.length) list.push(null);
  }
  if (!m.ephemeral) list.push(...items);
  list.push({ label: "Copy text", run: () => navigator.clipboard?.writeText(m.text).catch(() => {}) });
  if (m.user === store.state.me.id && !m.ephemeral) list.push(null, ...(m.subtype ? [] : [{ label: "Edit message", data: { testid: "edit" }, run: () => edit(m) }]), { label: "Delete message", danger: true, run: () => act("delete", { channel: m.channel, ts: m.ts }) });
  const more = h("button", { type: "button", class: "icon-button", "aria-label": "More actions for this message", "aria-haspopup": "menu", "aria-expanded": "false", data: { testid: "message-menu" } }, icon("more"));
  more.addEventListener("click", () => menu(more, list, { label: "Message actions" }));
  const reply = h("button", { type: "button", class: "icon-button", "aria-label": "Reply in thread", data: { testid: "reply" } }, icon("reply"));
  reply.addEventListener("click", () => openThread(m));
  return h("div", { class: "tools" }, m.ephemeral || inThread ? null : reply, more);
}

// edit turns one's own message into a box; Enter saves, Esc leaves it as it was.
function edit(m) {
  const content = $(`article[data-ts="${CSS.escape(m.ts)}"] .content`);
  if (!content) return;
  const text = decode(m.text.replace(/<@(\w+)>/g, (all, id) => (store.state.users[id] ? `@${store.state.users[id].handle}` : all)).replace(/<([a-z]+:[^|>]+)>/gi, "$1"));
  const box = h("textarea", { class: "field", rows: Math.min(8, text.split("\n").length + 1), "aria-label": "Edit message", data: { testid: "edit-box" }, value: text });
  const before = [...content.childNodes];
  const leave = () => { content.replaceChildren(...before); content.closest("article").focus(); };
  const save = async () => {
    if (box.value.trim() && box.value !== text) await act("edit", { channel: m.channel, ts: m.ts, text: box.value.trim() });
    else leave();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(); }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); }
  });
  content.replaceChildren(box, h("div", { class: "edit-foot" }, h("button", { type: "button", class: "button", on: { click: leave } }, "Cancel"), h("button", { type: "button", class: "button primary", on: { click: save } }, "Save")));
  box.focus();
}

export function openThread(m) {
  store.here.thread = m.thread_ts || m.ts;
  drawThread(true);
}

function replies(m) {
  const node = h("button", { type: "button", class: "replies", data: { testid: "replies" } },
    (m.reply_users || []).slice(0, 3).map((id) => avatar(id)),
    h("strong", null, m.reply_count === 1 ? "1 reply" : `${m.reply_count} replies`),
    h("span", { class: "faint" }, `Last reply ${ago(fromTS(m.latest_reply))}`));
  node.addEventListener("click", () => openThread(m));
  return node;
}

function row(m, grouped, inThread) {
  const user = store.state.users[m.user] || { name: m.user };
  const date = fromTS(m.ts);
  const body = m.blocks?.length ? blocks(m.blocks, onMessage(m)) : m.text ? [h("div", { class: "text" }, mrkdwn(m.text), m.edited ? h("span", { class: "edited" }, " (edited)") : null)] : [];
  const quiet = m.subtype && m.subtype !== "file_share" && m.subtype !== "thread_broadcast" && m.subtype !== "bot_message";
  const node = h("article", {
    class: ["message", grouped ? "grouped" : "", m.ephemeral ? "ephemeral" : "", quiet ? "quiet" : ""].join(" ").trim(),
    tabindex: "-1", "aria-label": `${user.name}, ${clockTime(date)}${m.ephemeral ? ", only visible to you" : ""}`,
    data: { ts: m.ts, user: m.user, testid: "message" },
  },
  grouped ? h("time", { class: "gutter", title: fullTime(date) }, clockTime(date)) : avatar(m.user, true),
  h("div", { class: "message-body" },
    m.ephemeral ? h("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
    grouped ? null : h("div", { class: "who" }, h("strong", null, user.name), user.bot ? h("span", { class: "badge" }, "App") : null, user.status ? h("span", { class: "status", title: user.status_text }, emoji(user.status)) : null, h("time", { class: "faint", title: fullTime(date), datetime: date.toISOString() }, clockTime(date)), m.blocks?.length && m.edited ? h("span", { class: "edited" }, "(edited)") : null),
    h("div", { class: "content" }, body),
    grouped && m.blocks?.length && m.edited ? h("span", { class: "edited" }, "(edited)") : null,
    m.files?.length ? h("div", { class: "files" }, m.files.map(fileCard)) : null,
    m.reactions?.length ? h("div", { class: "reactions" }, m.reactions.map((r) => h("button", { type: "button", class: r.users.includes(store.state.me.id) ? "reaction mine" : "reaction", "aria-label": `${r.name}, ${r.users.length}`, on: { click: () => act("react", { channel: m.channel, ts: m.ts, text: r.name }) } }, emojiText(`:${r.name}:`), " ", String(r.users.length)))) : null,
    !inThread && m.reply_count ? replies(m) : null),
  tools(m, inThread));
  return node;
}

// rows turns messages into keyed items: day lines, the unread line, messages.
function rows(list, inThread, newAfter) {
  const items = [];
  let day = "";
  let before = null;
  let lined = !newAfter;
  const zone = store.state.zone;
  for (const m of list) {
    const key = dayKey(fromTS(m.ts));
    if (key !== day && !inThread) {
      day = key;
      before = null;
      const label = dayLabel(fromTS(m.ts));
      items.push({ key: `day ${key}`, signature: label, build: () => h("div", { class: "day", role: "separator", "aria-label": label }, h("span", null, label)) });
    }
    if (!lined && m.ts > newAfter && m.user !== store.state.me.id) {
      lined = true;
      before = null;
      items.push({ key: "new", signature: "new", build: () => h("div", { class: "new-line", role: "separator", "aria-label": "New messages" }, h("span", null, "New")) });
    }
    const grouped = Boolean(before && before.user === m.user && !m.ephemeral === !before.ephemeral && !m.subtype && !before.subtype && Number(m.ts) - Number(before.ts) < GROUP_SECONDS);
    const age = m.latest_reply ? ago(fromTS(m.latest_reply)) : "";
    items.push({ key: m.ts, signature: JSON.stringify([m, grouped, store.here.as, zone, age, store.state.users[m.user]]), build: () => row(m, grouped, inThread) });
    before = m;
  }
  return items;
}

const atBottom = (node) => node.scrollHeight - node.scrollTop - node.clientHeight < 60;
let shown = "";
let newAfter = "";
let newest = "";

// toTop brings a line or a message to the top of the list, a little air above.
function toTop(box, node) {
  box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}

export function drawMessages() {
  const box = $("#messages");
  const place = `${store.state.me.id}/${store.state.channel}`;
  const fresh = place !== shown;
  const channel = store.state.channels.find((c) => c.id === store.state.channel);
  if (fresh) {
    shown = place;
    box.replaceChildren();
    newAfter = channel?.unread ? channel.last_read : "";
  }
  const stay = fresh || atBottom(box);
  const items = rows(store.state.messages, false, newAfter);
  if (!items.length) items.push({ key: "none", signature: place, build: () => h("div", { class: "nothing" }, h("strong", null, channel?.kind === "dm" ? "Nothing said yet" : `This is the beginning of #${channel?.name || ""}`), h("p", null, channel?.kind === "dm" ? `Write to ${store.state.app.name} below. ${store.state.app.command ? `Try ${store.state.app.command} help.` : ""}` : channel?.topic || "")) });
  reconcile(box, items);
  const last = store.state.messages.at(-1);
  const came = !fresh && last && last.ts > newest;
  newest = last?.ts || "";
  const newer = $("#newer");
  if (fresh || inSight() || store.here.home) newer.hidden = true;
  else if (came && !stay) newer.hidden = false;
  if (!stay) return;
  box.scrollTop = box.scrollHeight;
  // What is new is read from its beginning: the line above the unread ones in a
  // conversation just opened, the top of a message taller than the window.
  const line = fresh && $(".new-line", box);
  if (line) toTop(box, line.previousElementSibling?.classList.contains("day") ? line.previousElementSibling : line);
  else if (came && box.lastElementChild.offsetHeight > box.clientHeight) toTop(box, box.lastElementChild);
}

// newerGone hides the way down once the last message has been reached.
export function newerGone() {
  if (inSight()) $("#newer").hidden = true;
}

export function toNewest() {
  const box = $("#messages");
  box.scrollTop = box.scrollHeight;
  if (box.lastElementChild?.offsetHeight > box.clientHeight) toTop(box, box.lastElementChild);
  $("#composer").focus();
}

// inSight says whether the beginning of the last message is on the screen.
export function inSight() {
  const box = $("#messages");
  const last = box.lastElementChild;
  return !last || last.getBoundingClientRect().top < box.getBoundingClientRect().bottom - 40;
}

export function drawThread(focus) {
  const panel = $("#thread");
  const root = store.here.thread && store.state.messages.find((m) => m.ts === store.here.thread);
  const replies = root ? store.state.threads[root.ts] || [] : [];
  panel.hidden = !root;
  document.body.classList.toggle("with-thread", Boolean(root));
  if (!root) { store.here.thread = ""; panel.replaceChildren(); panel.dataset.for = ""; return; }
  if (panel.dataset.for !== root.ts) {
    panel.dataset.for = root.ts;
    const close = h("button", { type: "button", class: "icon-button", id: "thread-close", "aria-label": "Close the thread", on: { click: closeThread } }, icon("close"));
    const box = h("div", { class: "composer-box" });
    replace(panel, h("div", { class: "main-head" }, h("h2", null, "Thread"), close), h("div", { class: "messages", id: "thread-messages", role: "log", "aria-label": "Thread messages", tabindex: "0" }), box);
    composer(box, { id: "thread-composer", sendID: "thread-send", thread: true });
  }
  const list = $("#thread-messages", panel);
  const stay = focus || atBottom(list);
  reconcile(list, rows([root, ...replies], true, ""));
  if (stay) list.scrollTop = list.scrollHeight;
  if (focus) $("#thread-composer")?.focus();
}

export function closeThread() {
  const ts = store.here.thread;
  store.here.thread = "";
  drawThread();
  (document.querySelector(`#messages [data-ts="${CSS.escape(ts)}"]`) || $("#composer"))?.focus({ preventScroll: true });
}
