// rich_text blocks: the form in which Slack carries people's text, without any
// markup to parse. Lists nest by their indent.

import { h, link } from "./dom.js";
import { emoji, fromCode } from "./emoji.js";
import { mention, channelMention, everyone, preformatted, lines } from "./text.js";
import { fromFormat } from "./when.js";

function styled(node, style) {
  if (!style) return node;
  if (style.code) node = h("code", null, node);
  if (style.strike) node = h("s", null, node);
  if (style.italic) node = h("em", null, node);
  if (style.bold) node = h("strong", null, node);
  if (style.underline) node = h("u", null, node);
  if (style.highlight) node = h("mark", null, node);
  return node;
}

function leaf(element) {
  switch (element.type) {
    case "text": return styled(h("span", null, lines(element.text)), element.style);
    case "link": return styled(link(element.url, element.text || element.url.replace(/^(mailto|tel):/, "")), element.style);
    case "emoji": return h("span", { class: "emoji", role: "img", "aria-label": element.name }, emoji(element.name) || fromCode(element.unicode || "") || `:${element.name}:`);
    case "user": return styled(mention(element.user_id), element.style);
    case "usergroup": return h("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "channel": return styled(channelMention(element.channel_id), element.style);
    case "broadcast": return everyone(element.range);
    case "date": return styled(h("time", { class: "when", title: element.fallback || "" }, fromFormat(element.timestamp, element.format || "{date_short} {time}")), element.style);
    case "color": return h("span", null, element.value);
    default: return h("span", null, element.text || element.fallback || "");
  }
}

const plain = (elements) => (elements || []).map((e) => e.text || e.url || (e.name ? `:${e.name}:` : "")).join("");

function part(element) {
  switch (element.type) {
    case "rich_text_section": return h("div", { class: "rt-section" }, (element.elements || []).map(leaf));
    case "rich_text_quote": return h("blockquote", null, (element.elements || []).map(leaf));
    case "rich_text_preformatted": return preformatted(plain(element.elements));
    case "rich_text_list": {
      const ordered = element.style === "ordered";
      const items = (element.elements || []).map((item) => h("li", null, part(item)));
      return h(ordered ? "ol" : "ul", { class: `rt-list rt-indent-${Math.min(element.indent || 0, 8)}`, start: ordered && element.offset ? element.offset + 1 : undefined }, items);
    }
    default: return h("div", { class: "rt-section" }, leaf(element));
  }
}

export const richText = (elements) => (elements || []).map(part);
