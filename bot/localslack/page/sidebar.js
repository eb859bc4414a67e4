// The sidebar: channels, direct messages, the app with its Home; unread ones
// bold, with a count where the message is for this person.

import { h, $, $$, icon, replace } from "./dom.js";
import { store } from "./store.js";
import { avatar } from "./messages.js";

let key = "";

export function drawSidebar(go) {
  const { channels, me, app, team } = store.state;
  const now = JSON.stringify([channels, me, app.name, team, store.here.channel, store.here.home, store.state.channel]);
  if (now === key) return;
  key = now;
  const focused = document.activeElement?.closest?.("#sidebar [data-channel], #sidebar [data-home]");
  const again = focused ? (focused.dataset.channel ? `[data-channel="${CSS.escape(focused.dataset.channel)}"]` : "[data-home]") : "";
  const entry = (channel, mark) => {
    const here = !store.here.home && channel.id === store.state.channel;
    const unread = channel.unread > 0 && !here;
    return h("li", null, h("button", {
      type: "button", class: `place${here ? " here" : ""}${unread ? " unread" : ""}`, "aria-current": here ? "page" : undefined,
      "aria-label": `${channel.name}${unread ? `, ${channel.unread} unread` : ""}`,
      data: { channel: channel.id, unread: channel.unread || 0, name: channel.name }, on: { click: () => go(channel.id, false) },
    }, mark, h("span", { class: "place-name" }, channel.name), unread ? h("span", { class: channel.kind === "dm" ? "count" : "count count-quiet" }, String(channel.unread)) : null));
  };
  const list = (title, items) => h("section", { "aria-label": title }, h("h2", null, title), h("ul", null, items));
  replace($("#sidebar"),
    h("div", { class: "side-head" }, team.name === store.state.title ? null : h("div", { class: "team" }, team.name), h("div", { class: "me" }, avatar(me.id), h("span", null, h("strong", null, me.name), h("small", null, me.line || "")))),
    list("Channels", channels.filter((c) => c.kind !== "dm" && c.member).map((c) => entry(c, icon(c.kind === "private" ? "lock" : "hash")))),
    list("App", [
      ...channels.filter((c) => c.kind === "dm").map((c) => entry(c, avatar(c.user))),
      app.home_tab ? h("li", null, h("button", { type: "button", class: store.here.home ? "place here" : "place", "aria-current": store.here.home ? "page" : undefined, data: { home: "true" }, on: { click: () => go(channels.find((c) => c.kind === "dm")?.id, true) } }, icon("home"), h("span", { class: "place-name" }, `${app.name} Home`))) : null,
    ]),
    h("div", { class: "side-foot" }, "A local Slack. Nothing leaves this machine."));
  if (again) $(again, $("#sidebar"))?.focus({ preventScroll: true });
}

// sideKeys lets the arrow keys walk the list.
export function sideKeys(node) {
  node.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = $$("button.place", node);
    const n = all.indexOf(document.activeElement);
    if (n < 0) return;
    event.preventDefault();
    all[(n + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length].focus();
  });
}

// drawHead names the open conversation, with the app's two tabs in its DM.
export function drawHead(go) {
  const channel = store.state.channels.find((c) => c.id === store.state.channel);
  const dm = channel?.kind === "dm";
  const signature = JSON.stringify([channel?.id, channel?.name, channel?.topic, channel?.members, store.here.home]);
  const head = $("#main-head");
  if (head.dataset.signature === signature) return;
  const hadFocus = head.contains(document.activeElement);
  head.dataset.signature = signature;
  const tab = (name, on, run) => h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(on), data: { tab: name.toLowerCase() }, on: { click: run } }, name);
  replace(head,
    h("div", { class: "head-title" }, dm ? avatar(channel.user) : channel ? icon(channel.kind === "private" ? "lock" : "hash") : null, h("h1", null, channel?.name || ""), dm ? h("span", { class: "badge" }, "App") : null),
    dm && store.state.app.home_tab ? h("div", { role: "tablist", class: "tabs", "aria-label": "Parts of the app" }, tab("Home", store.here.home, () => go(channel.id, true)), tab("Messages", !store.here.home, () => go(channel.id, false)))
      : h("div", { class: "topic" }, channel ? [channel.members ? `${channel.members} members` : "", channel.topic].filter(Boolean).join(" · ") : ""));
  if (hadFocus) $("[aria-selected=true]", head)?.focus();
}
