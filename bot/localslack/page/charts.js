// Native charts (data_visualization) as SVG: bar, line, area, pie. Colours are
// classes, so that light and dark are the style sheet's business. Every chart
// carries its numbers as text for those who cannot see it.

import { h, s, freshID } from "./dom.js";

const H = 250, LEFT = 50, RIGHT = 12, TOP = 12, BOTTOM = 28, TITLE = 20;

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const show = (value) => number.format(value);

// ticks answers round steps that cover low..high and always hold zero.
export function ticks(low, high) {
  low = Math.min(0, low);
  high = Math.max(0, high);
  if (low === high) high = 1;
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const whole = [low, high].every(Number.isInteger) ? Math.max(1, Math.ceil(step)) : step;
  const out = [];
  for (let v = Math.floor(low / whole) * whole; v < high + whole * 0.999; v += whole) out.push(Number(v.toFixed(6)));
  return out;
}

function values(series, categories) {
  return categories.map((name, n) => {
    const point = (series.data || []).find((p) => p.label === name) || (series.data || [])[n];
    return Number(point?.value ?? 0);
  });
}

function spoken(title, chart) {
  if (chart.type === "pie") return `${title}. Pie chart. ${(chart.segments || []).map((x) => `${x.label}: ${show(x.value)}`).join(", ")}.`;
  const categories = chart.axis_config?.categories || [];
  return `${title}. ${chart.type[0].toUpperCase()}${chart.type.slice(1)} chart. ` + (chart.series || [])
    .map((one) => `${one.name}: ${values(one, categories).map((v, n) => `${categories[n]} ${show(v)}`).join(", ")}`).join(". ") + ".";
}

function axes(svg, W, chart, scale, steps) {
  const categories = chart.axis_config.categories || [];
  for (const step of steps) {
    const y = scale(step);
    svg.append(s("line", { x1: LEFT, x2: W - RIGHT, y1: y, y2: y, class: step === 0 ? "axis" : "grid" }),
      s("text", { x: LEFT - 8, y: y + 4, class: "tick", "text-anchor": "end" }, show(step)));
  }
  const band = (W - LEFT - RIGHT) / Math.max(1, categories.length);
  const every = Math.ceil((Math.max(...categories.map((c) => c.length), 1) * 6.6 + 8) / band);
  categories.forEach((name, n) => {
    const label = every > 2 && name.length > 9 ? `${name.slice(0, 8)}…` : name;
    if (n % Math.min(every, 4) && categories.length > 4) return;
    svg.append(s("text", { x: LEFT + band * (n + 0.5), y: H - BOTTOM + 18, class: "tick", "text-anchor": "middle" }, label, s("title", null, name)));
  });
  if (chart.axis_config.x_label) svg.append(s("text", { x: (LEFT + W - RIGHT) / 2, y: H + TITLE - 8, class: "axis-title", "text-anchor": "middle" }, chart.axis_config.x_label));
  if (chart.axis_config.y_label) svg.append(s("text", { x: 12, y: (TOP + H - BOTTOM) / 2, class: "axis-title", "text-anchor": "middle", transform: `rotate(-90 12 ${(TOP + H - BOTTOM) / 2})` }, chart.axis_config.y_label));
  return band;
}

function bars(svg, chart, rows, scale, band) {
  const width = Math.min(44, (band * 0.72) / rows.length);
  rows.forEach((row, k) => row.forEach((value, n) => {
    const x = LEFT + band * (n + 0.5) - (width * rows.length) / 2 + width * k;
    const y = Math.min(scale(value), scale(0));
    svg.append(s("rect", { x: x + 1, y, width: Math.max(1, width - 2), height: Math.abs(scale(value) - scale(0)), rx: 2, class: `fill-${k}` },
      s("title", null, `${chart.series[k].name}, ${chart.axis_config.categories[n]}: ${show(value)}`)));
  }));
}

function lines(svg, chart, rows, scale, band, filled) {
  rows.forEach((row, k) => {
    const points = row.map((value, n) => [LEFT + band * (n + 0.5), scale(value)]);
    const path = points.map(([x, y], n) => `${n ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    if (filled && points.length) {
      svg.append(s("path", { d: `${path}L${points.at(-1)[0]} ${scale(0)}L${points[0][0]} ${scale(0)}Z`, class: `area fill-${k}` }));
    }
    svg.append(s("path", { d: path, class: `stroke stroke-${k}` }));
    points.forEach(([x, y], n) => svg.append(s("circle", { cx: x, cy: y, r: 3.5, class: `dot fill-${k}` },
      s("title", null, `${chart.series[k].name}, ${chart.axis_config.categories[n]}: ${show(row[n])}`))));
  });
}

function pie(svg, chart) {
  const parts = chart.segments || [];
  const total = parts.reduce((sum, part) => sum + Number(part.value), 0) || 1;
  const cx = 110, cy = 110, r = 100;
  let turn = -Math.PI / 2;
  parts.forEach((part, k) => {
    const share = Number(part.value) / total;
    const title = s("title", null, `${part.label}: ${show(part.value)} (${Math.round(share * 100)}%)`);
    if (share > 0.9999) { svg.append(s("circle", { cx, cy, r, class: `slice fill-${k}` }, title)); return; }
    const next = turn + share * Math.PI * 2;
    const at = (a) => `${(cx + r * Math.cos(a)).toFixed(2)} ${(cy + r * Math.sin(a)).toFixed(2)}`;
    svg.append(s("path", { d: `M${cx} ${cy}L${at(turn)}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${at(next)}Z`, class: `slice fill-${k}` }, title));
    turn = next;
  });
}

const legend = (names) => h("ul", { class: "legend", "aria-hidden": "true" }, names.map((name, k) => h("li", null, s("svg", { viewBox: "0 0 10 10", class: "legend-mark" }, s("rect", { width: 10, height: 10, rx: 2, class: `fill-${k}` })), name)));

// chart answers a figure for one data_visualization block.
export function chart(block) {
  const c = block.chart || {};
  const round = c.type === "pie";
  const label = freshID("chart");
  // A narrow screen gets a narrow drawing rather than a small one, so that the
  // labels keep their size.
  const W = Math.max(300, Math.min(560, innerWidth - 84));
  const svg = s("svg", { viewBox: round ? "0 0 220 220" : `0 0 ${W} ${H + (c.axis_config?.x_label ? TITLE : 0)}`, role: "img", "aria-labelledby": label, class: round ? "chart chart-pie" : "chart" },
    s("title", { id: label }, spoken(block.title || "Chart", c)));
  let names = [];
  if (round) {
    const total = (c.segments || []).reduce((sum, part) => sum + Number(part.value), 0) || 1;
    names = (c.segments || []).map((part) => `${part.label} · ${show(part.value)} (${Math.round((part.value / total) * 100)}%)`);
    pie(svg, c);
  } else if (["bar", "line", "area"].includes(c.type) && c.axis_config) {
    const rows = (c.series || []).map((one) => values(one, c.axis_config.categories || []));
    const all = rows.flat();
    const steps = ticks(Math.min(...all, 0), Math.max(...all, 0));
    const [low, high] = [steps[0], steps.at(-1)];
    const scale = (v) => TOP + (H - TOP - BOTTOM) * (1 - (v - low) / (high - low));
    const band = axes(svg, W, c, scale, steps);
    if (c.type === "bar") bars(svg, c, rows, scale, band);
    else lines(svg, c, rows, scale, band, c.type === "area");
    names = (c.series || []).map((one) => one.name);
  }
  return h("figure", { class: "chart-box", data: { chart: c.type || "" } }, h("figcaption", null, block.title), svg, names.length ? legend(names) : null);
}
