// Block elements people press, choose and fill in. An element knows its value
// and tells its surroundings (ctx.act or ctx.fill) in the server's words:
// {text, options, date, time, unix, users, channels}.

import { h, icon, freshID } from "./dom.js";
import { plainOf, textObject } from "./text.js";
import { confirm, listbox, menu } from "./popover.js";
import { fieldOf, unixOf } from "./when.js";
import { store } from "./store.js";

const kept = (ctx, block, element) => ctx.state?.[block.block_id]?.[element.action_id];

// tell sends what was chosen: in a form it is kept until Submit, elsewhere it is
// an action at once, after the confirmation the app asked for.
async function tell(ctx, block, element, value, undo, node) {
  if (ctx.input) { ctx.fill(block, element, value); return; }
  if (element.confirm && !(await confirm(confirmation(element.confirm)))) { undo?.(); return; }
  node?.setAttribute("aria-busy", "true");
  try { await ctx.act(block, element, value); } finally { node?.removeAttribute("aria-busy"); }
}

const confirmation = (c) => ({ title: plainOf(c.title), text: textObject(c.text), yes: plainOf(c.confirm), no: plainOf(c.deny), danger: c.style === "danger" });

const named = (ctx, element) => ({ "aria-labelledby": ctx.labelID, "aria-describedby": ctx.describedBy, "aria-label": ctx.labelID ? undefined : element.placeholder ? plainOf(element.placeholder) : element.action_id });

function button(element, ctx, block) {
  const style = element.style === "primary" ? "button primary" : element.style === "danger" ? "button danger" : "button";
  const node = h("button", { type: "button", class: style, "aria-label": element.accessibility_label, data: { actionId: element.action_id, value: element.value } }, plainOf(element.text));
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy")) return;
    if (element.url) {
      const a = h("a", { href: /^https?:/.test(element.url) ? element.url : "#", target: "_blank", rel: "noopener noreferrer" });
      if (a.getAttribute("href") !== "#") a.click();
    }
    tell(ctx, block, element, { text: element.value || "" }, null, node);
  });
  return node;
}

function overflow(element, ctx, block) {
  const node = h("button", { type: "button", class: "button overflow", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "More actions", data: { actionId: element.action_id } }, icon("more"));
  node.addEventListener("click", () => menu(node, (element.options || []).map((option) => ({
    label: plainOf(option.text), note: plainOf(option.description), data: { value: option.value },
    run: () => tell(ctx, block, element, { options: [option.value] }, null, node),
  })), { label: "More actions" }));
  return node;
}

const optionOf = (option) => ({ value: option.value, label: plainOf(option.text), note: plainOf(option.description) });

function people() {
  return Object.values(store.state.users).filter((u) => !u.deleted).map((u) => ({ value: u.id, label: u.name, note: u.bot ? "App" : "" }));
}
function places(dms) {
  return store.state.channels.filter((c) => dms || c.kind !== "dm").map((c) => ({ value: c.id, label: c.kind === "dm" ? c.name : `#${c.name}`, note: "" }));
}

// select covers the seven kinds of select menu and their multi forms.
function select(element, ctx, block) {
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "").replace("_select", "");
  const slot = { users: "users", channels: "channels", conversations: "channels" }[kind] || "options";
  const groups = {
    static: () => (element.option_groups ? element.option_groups.map((g) => ({ label: plainOf(g.label), options: g.options.map(optionOf) })) : [{ options: (element.options || []).map(optionOf) }]),
    users: () => [{ options: people() }],
    channels: () => [{ options: places(false) }],
    conversations: () => [{ options: [...places(true), ...people()] }],
    external: () => [{ options: [] }],
  }[kind] || (() => [{ options: [] }]);
  const was = kept(ctx, block, element);
  const seen = new Map();
  const note = (o) => { if (o?.value) seen.set(o.value, plainOf(o.text)); return o?.value; };
  let chosen = [
    was ? (was.selected_options || (was.selected_option ? [was.selected_option] : [])).map(note) : (element.initial_options || (element.initial_option ? [element.initial_option] : [])).map(note),
    was ? was.selected_users || was.selected_user : element.initial_users || element.initial_user,
    was ? was.selected_channels || was.selected_channel : element.initial_channels || element.initial_channel,
    was ? was.selected_conversations || was.selected_conversation : element.initial_conversations || element.initial_conversation,
  ].flat().filter(Boolean);
  const label = h("span", { class: "select-label" });
  const node = h("button", { type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": "false", data: { actionId: element.action_id }, ...named(ctx, element) }, label, icon("down"));
  const draw = () => {
    const all = groups().flatMap((g) => g.options);
    const names = chosen.map((value) => all.find((o) => o.value === value)?.label || seen.get(value) || value);
    label.textContent = names.length ? names.join(", ") : plainOf(element.placeholder) || "Choose";
    label.classList.toggle("faint", !names.length);
  };
  const search = kind === "external" ? async (query) => {
    const found = await ctx.suggest(block, element, query);
    found.forEach((o) => seen.set(o.value, o.label));
    return [{ options: found }];
  } : undefined;
  node.addEventListener("click", () => listbox(node, groups(), chosen, (values) => {
    const before = chosen;
    if (multi && element.max_selected_items && values.length > element.max_selected_items) return;
    chosen = values;
    draw();
    tell(ctx, block, element, { [slot]: values }, () => { chosen = before; draw(); }, node);
  }, { multi, label: plainOf(element.placeholder) || "Options", search }));
  draw();
  return node;
}

// ticks are checkboxes and radio buttons, both native, in a named group.
function ticks(element, ctx, block) {
  const radio = element.type === "radio_buttons";
  const was = kept(ctx, block, element);
  const initial = was ? (was.selected_options || (was.selected_option ? [was.selected_option] : [])) : (element.initial_options || (element.initial_option ? [element.initial_option] : []));
  const on = new Set(initial.map((o) => o.value));
  const name = freshID("ticks");
  const box = h("div", { class: "ticks", role: radio ? "radiogroup" : "group", data: { actionId: element.action_id }, ...named(ctx, element) });
  for (const option of element.options || []) {
    const input = h("input", { type: radio ? "radio" : "checkbox", name, value: option.value, data: { value: option.value } });
    input.checked = on.has(option.value);
    input.addEventListener("change", () => {
      const values = [...box.querySelectorAll("input:checked")].map((x) => x.value);
      tell(ctx, block, element, { options: values }, () => { input.checked = !input.checked; });
    });
    box.append(h("label", { class: "tick-row" }, input, h("span", null, h("span", null, textObject(option.text)), option.description ? h("small", null, textObject(option.description)) : null)));
  }
  return box;
}

function picker(element, ctx, block) {
  const type = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" }[element.type];
  const was = kept(ctx, block, element);
  const node = h("input", { type, class: "field field-picker", data: { actionId: element.action_id }, min: type === "date" ? "1900-01-01" : undefined, ...named(ctx, element) });
  let last = "";
  if (type === "date") last = (was ? was.selected_date : element.initial_date) || "";
  else if (type === "time") last = (was ? was.selected_time : element.initial_time) || "";
  else last = fieldOf(was ? was.selected_date_time : element.initial_date_time);
  node.value = last;
  node.addEventListener("change", () => {
    if (node.value === last || (type !== "time" && node.value && Number(node.value.slice(0, 4)) < 1900)) return;
    last = node.value;
    const value = type === "date" ? { date: node.value } : type === "time" ? { time: node.value } : { unix: unixOf(node.value) };
    tell(ctx, block, element, value, null, node);
  });
  return node;
}

function textInput(element, ctx, block) {
  const was = kept(ctx, block, element);
  const type = { email_text_input: "email", url_text_input: "url", number_input: "text" }[element.type] || "text";
  const common = {
    class: "field", placeholder: plainOf(element.placeholder), maxlength: element.max_length, autocomplete: "off",
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : undefined,
    data: { actionId: element.action_id }, ...named(ctx, element),
  };
  const node = element.multiline ? h("textarea", { ...common, rows: 4 }) : h("input", { ...common, type });
  node.value = (was ? was.value : element.initial_value) ?? "";
  node.setAttribute("aria-required", ctx.optional ? "false" : "true");
  let sent = node.value;
  const send = () => {
    if (node.value === sent) return;
    sent = node.value;
    ctx.fill(block, element, { text: sent });
  };
  node.addEventListener("input", () => ctx.dirty?.(block, element, node.value));
  node.addEventListener("change", send);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !element.multiline && !event.isComposing) { event.preventDefault(); send(); ctx.enter?.(); }
    if (event.key === "Enter" && element.multiline && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); ctx.enter?.(); }
  });
  return node;
}

function image(element) {
  return picture(element, "block-thumb");
}

// picture shows an image from this server; the page loads nothing from
// elsewhere, so a foreign picture is named by its alt text.
export function picture(element, className) {
  const address = element.image_url || "";
  if (address.startsWith("data:image/") || (address && new URL(address, location.href).origin === location.origin)) {
    return h("img", { src: address, alt: element.alt_text || "", class: className });
  }
  return h("span", { class: `${className} no-picture`, role: "img", "aria-label": element.alt_text || "Image", title: element.alt_text || "" }, icon("image"), className === "block-image" ? h("span", null, element.alt_text || "Image") : null);
}

const DRAW = {
  button, overflow, image,
  checkboxes: ticks, radio_buttons: ticks,
  datepicker: picker, timepicker: picker, datetimepicker: picker,
  plain_text_input: textInput, email_text_input: textInput, url_text_input: textInput, number_input: textInput,
};
for (const kind of ["static", "users", "channels", "conversations", "external"]) DRAW[`${kind}_select`] = DRAW[`multi_${kind}_select`] = select;

export function element(one, ctx, block) {
  const draw = DRAW[one?.type];
  return draw ? draw(one, ctx, block) : h("span", { class: "unknown" }, `(${one?.type || "element"})`);
}
