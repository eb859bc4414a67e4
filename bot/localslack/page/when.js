// Instants as the acting person reads them: in that person's zone, told
// relative to the world's clock (which the demo can move), never the browser's.

import { store } from "./store.js";

const cache = new Map();

function format(options, date) {
  const zone = store.state?.zone || "UTC";
  const key = zone + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }));
  return cache.get(key).format(date);
}

export const fromTS = (ts) => new Date(Number.parseFloat(ts) * 1000);
export const worldNow = () => new Date(store.state?.now || 0);

export const clockTime = (date) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, date);
export const clockSeconds = (date) => format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }, date);
// dayKey is the local date as YYYY-MM-DD.
export function dayKey(date) {
  const zone = store.state?.zone || "UTC";
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
}
export const sameYear = (date) => dayKey(date).slice(0, 4) === dayKey(worldNow()).slice(0, 4);

function daysAgo(date) {
  return Math.round((Date.parse(dayKey(worldNow())) - Date.parse(dayKey(date))) / 86400000);
}

function pretty(date) {
  switch (daysAgo(date)) {
    case 0: return "Today";
    case 1: return "Yesterday";
    case -1: return "Tomorrow";
    default: return "";
  }
}

export function dayLabel(date) {
  const near = pretty(date);
  const day = format({ weekday: "long", day: "numeric", month: "long", ...(sameYear(date) ? {} : { year: "numeric" }) }, date);
  return near === "Today" || near === "Yesterday" ? `${near}, ${day}` : day;
}

export function fullTime(date) {
  return format({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }, date);
}

export function ago(date) {
  const minutes = Math.round((worldNow() - date) / 60000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const days = daysAgo(date);
  if (days <= 0) return `${Math.round(minutes / 60)} h ago`;
  if (days === 1) return "yesterday";
  return `${days} days ago`;
}

const DATE = {
  date_num: (d) => dayKey(d),
  date: (d) => format({ day: "numeric", month: "long", year: "numeric" }, d),
  date_short: (d) => format({ day: "numeric", month: "short", year: "numeric" }, d),
  date_long: (d) => format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, d),
  date_slash: (d) => dayKey(d).split("-").reverse().join("/"),
  date_pretty: (d) => pretty(d).toLowerCase() || DATE.date(d),
  date_short_pretty: (d) => pretty(d).toLowerCase() || DATE.date_short(d),
  date_long_pretty: (d) => pretty(d).toLowerCase() || DATE.date_long(d),
  day_divider_pretty: (d) => pretty(d) || DATE.date_long(d),
  time: clockTime,
  time_secs: clockSeconds,
  ago,
};

// fromFormat renders the format of a <!date^…> token; unknown words stay.
export function fromFormat(unix, pattern) {
  const date = new Date(unix * 1000);
  return pattern.replace(/\{(\w+)\}/g, (all, word) => (DATE[word] ? DATE[word](date) : all));
}

// fieldOf writes a Unix second as the value of a date-and-time field, in the
// acting person's zone; unixOf reads it back.
export function fieldOf(unix) {
  if (!unix) return "";
  const date = new Date(unix * 1000);
  return `${dayKey(date)}T${clockTime(date)}`;
}

export function unixOf(field) {
  const wanted = Date.parse(`${field}Z`);
  if (Number.isNaN(wanted)) return 0;
  // Two rounds settle the zone's offset, also around a change of the clocks.
  let unix = wanted / 1000;
  for (let n = 0; n < 2; n++) unix += (wanted - Date.parse(`${fieldOf(unix)}Z`)) / 1000;
  return unix;
}
