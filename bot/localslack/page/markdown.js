// The markdown block: standard Markdown, the part of it Slack renders.

import { h, link } from "./dom.js";
import { emojiText, preformatted } from "./text.js";

function runs(text) {
  const out = [];
  const rules = /(`[^`\n]+`)|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|(?<![\w*])\*(?!\s)(.+?)\*(?!\w)|(?<!\w)_(?!\s)(.+?)_(?!\w)|!?\[([^\]]*)\]\(([^)\s]+)\)|<(https?:[^>\s]+)>|(https?:\/\/[^\s<>)]+)/s;
  while (text) {
    const hit = rules.exec(text);
    if (!hit) { out.push(emojiText(text)); break; }
    if (hit.index) out.push(emojiText(text.slice(0, hit.index)));
    if (hit[1]) out.push(h("code", null, hit[1].slice(1, -1)));
    else if (hit[2] || hit[3]) out.push(h("strong", null, runs(hit[2] || hit[3])));
    else if (hit[4]) out.push(h("s", null, runs(hit[4])));
    else if (hit[5] || hit[6]) out.push(h("em", null, runs(hit[5] || hit[6])));
    else if (hit[8]) out.push(link(hit[8], hit[7] || hit[8]));
    else out.push(link(hit[9] || hit[10], hit[9] || hit[10]));
    text = text.slice(hit.index + hit[0].length);
  }
  return out;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

// markdown reads line by line; each kind of block takes the lines that are its own.
export function markdown(source) {
  const rows = String(source ?? "").split("\n");
  const out = [];
  let i = 0;
  const take = (test) => { const kept = []; while (i < rows.length && test(rows[i])) kept.push(rows[i++]); return kept; };
  while (i < rows.length) {
    const row = rows[i];
    let hit;
    if (/^\s*$/.test(row)) { i++; continue; }
    if (/^```/.test(row)) {
      i++;
      const body = take((line) => !/^```/.test(line));
      i++;
      out.push(preformatted(body.join("\n")));
    } else if ((hit = /^(#{1,6})\s+(.*)$/.exec(row))) {
      i++;
      out.push(h("p", { class: `md-h md-h${hit[1].length}`, role: "heading", "aria-level": Math.min(6, hit[1].length + 2) }, runs(hit[2])));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(row)) {
      i++;
      out.push(h("hr"));
    } else if (/^>/.test(row)) {
      out.push(h("blockquote", null, markdown(take((line) => /^>/.test(line)).map((line) => line.replace(/^>\s?/, "")).join("\n"))));
    } else if (/^\s*([-*+]|\d+[.)])\s+/.test(row)) {
      const ordered = /^\s*\d/.test(row);
      const items = take((line) => /^\s*([-*+]|\d+[.)])\s+/.test(line) || /^\s{2,}\S/.test(line));
      out.push(h(ordered ? "ol" : "ul", { class: "rt-list" }, items.map((line) => {
        const task = /^\s*[-*+]\s+\[( |x)\]\s+(.*)$/i.exec(line);
        const depth = Math.min(8, Math.floor(/^\s*/.exec(line)[0].length / 2));
        if (task) return h("li", { class: `rt-indent-${depth} md-task` }, task[1] === " " ? "☐ " : "☑ ", runs(task[2]));
        return h("li", { class: `rt-indent-${depth}` }, runs(line.replace(/^\s*([-*+]|\d+[.)])\s+/, "")));
      })));
    } else if (/\|/.test(row) && /^\s*\|?\s*:?-+/.test(rows[i + 1] || "") && /\|/.test(rows[i + 1] || "")) {
      const body = take((line) => /\|/.test(line)).map(cells);
      const [head, , ...rest] = body;
      out.push(h("div", { class: "table-box" }, h("table", null,
        h("thead", null, h("tr", null, head.map((cell) => h("th", { scope: "col" }, runs(cell))))),
        h("tbody", null, rest.map((line) => h("tr", null, line.map((cell) => h("td", null, runs(cell)))))))));
    } else {
      const body = take((line) => !/^\s*$/.test(line) && !/^(```|#{1,6}\s|>|\s*([-*+]|\d+[.)])\s)/.test(line));
      if (!body.length) body.push(rows[i++]);
      out.push(h("p", { class: "md-p" }, body.flatMap((line, n) => (n ? [h("br"), ...runs(line)] : runs(line)))));
    }
  }
  return out;
}
