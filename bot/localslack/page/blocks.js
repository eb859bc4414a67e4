// Block Kit blocks as nodes. ctx says where they stand and how to act:
// {state, errors, act(block, element, value), fill(…), suggest(…), dirty, enter}.

import { h, freshID } from "./dom.js";
import { textObject, plainOf } from "./text.js";
import { richText } from "./richtext.js";
import { markdown } from "./markdown.js";
import { chart } from "./charts.js";
import { element, picture } from "./elements.js";

function section(block, ctx) {
  const body = h("div", { class: "section-body" });
  if (block.text) body.append(h("div", { class: "section-text" }, textObject(block.text)));
  if (block.fields?.length) body.append(h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field-cell" }, textObject(field)))));
  return h("div", { class: "section" }, body, block.accessory ? h("div", { class: "accessory" }, element(block.accessory, ctx, block)) : null);
}

function context(block, ctx) {
  return h("div", { class: "context" }, (block.elements || []).map((one) => (one.type === "image" ? element(one, ctx, block) : h("span", null, textObject(one)))));
}

function input(block, ctx) {
  const labelID = freshID("label");
  const hintID = block.hint ? freshID("hint") : "";
  const errorID = freshID("error");
  const error = ctx.errors?.[block.block_id];
  const inner = {
    ...ctx, input: true, labelID, optional: block.optional,
    describedBy: [error ? errorID : "", hintID].filter(Boolean).join(" ") || undefined,
  };
  if (block.dispatch_action) inner.dispatches = true;
  const node = element(block.element, inner, block);
  if (error) (node.matches("input,textarea,button") ? node : node.querySelector("input") || node).setAttribute("aria-invalid", "true");
  return h("div", { class: error ? "input has-error" : "input" },
    h("div", { class: "input-label", id: labelID }, plainOf(block.label), block.optional ? h("span", { class: "optional" }, " (optional)") : null),
    node,
    error ? h("div", { class: "field-error", id: errorID, role: "alert" }, error) : null,
    block.hint ? h("div", { class: "hint", id: hintID }, plainOf(block.hint)) : null);
}

function header(block) {
  return h("div", { class: `block-header level-${block.level || 1}`, role: "heading", "aria-level": Math.min(6, (block.level || 1) + 2) }, plainOf(block.text));
}

function imageBlock(block) {
  const address = block.slack_file?.url ? { ...block, image_url: block.slack_file.url } : block;
  return h("figure", { class: "image-block" }, block.title ? h("figcaption", null, plainOf(block.title)) : null, picture(address, "block-image"));
}

function cell(one, ctx, block) {
  if (!one) return [];
  switch (one.type) {
    case "raw_text": return [one.text];
    case "raw_number": return [one.text || String(one.value)];
    case "rich_text": return richText(one.elements);
    case "raw_button": case "button": return [element(one.element || one, ctx, block)];
    default: return one.text ? [plainOf(one.text)] : one.element ? [element(one.element, ctx, block)] : [];
  }
}

function table(block, ctx) {
  const [head = [], ...rest] = block.rows || [];
  const settings = block.column_settings || [];
  const classOf = (n, one) => [settings[n]?.align ? `align-${settings[n].align}` : one?.type === "raw_number" ? "align-right" : "", settings[n]?.is_wrapped ? "wraps" : ""].join(" ").trim() || undefined;
  const headerAt = block.row_header_column_index ?? -1;
  return h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": block.caption || "Table" },
    h("table", null,
      block.caption ? h("caption", null, block.caption) : null,
      h("thead", null, h("tr", null, head.map((one, n) => h("th", { scope: "col", class: classOf(n, one) }, cell(one, ctx, block))))),
      h("tbody", null, rest.map((row) => h("tr", null, row.map((one, n) => h(n === headerAt ? "th" : "td", { scope: n === headerAt ? "row" : undefined, class: classOf(n, one) }, cell(one, ctx, block))))))));
}

const DRAW = {
  section, context, input, header, table, data_table: table,
  image: imageBlock,
  divider: () => h("hr", { class: "divider" }),
  actions: (block, ctx) => h("div", { class: "actions" }, (block.elements || []).map((one) => element(one, ctx, block))),
  rich_text: (block) => h("div", { class: "rich-text" }, richText(block.elements)),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  data_visualization: chart,
  alert: (block) => h("div", { class: `alert alert-${block.level || "info"}`, role: "note" }, textObject(block.text)),
};

// blocks draws a list of blocks; a kind it does not know is named, not hidden.
export function blocks(list, ctx) {
  return (list || []).map((block, n) => {
    const draw = DRAW[block.type];
    const inner = draw ? draw(block, ctx) : h("div", { class: "unknown" }, `A block of the kind “${block.type}” stands here; this page cannot show it.`);
    return h("div", { class: `block block-${block.type}`, data: { blockId: block.block_id || `block-${n}`, block: block.type } }, inner);
  });
}
