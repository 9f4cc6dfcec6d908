// How numbers, times and lengths of time are written.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const two = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export const NONE = "–";

export function number(value) {
  return isNumber(value) ? whole.format(value) : NONE;
}

export function decimal(value) {
  return isNumber(value) ? two.format(value) : NONE;
}

/** 1,234 as it is; 12.3k, 4.5M beyond. */
export function short(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  return size >= 1e9 ? one.format(value / 1e9) + "G" : size >= 1e6 ? one.format(value / 1e6) + "M" : size >= 1e4 ? one.format(value / 1e3) + "k"
    : size >= 100 || Number.isInteger(value) ? whole.format(value) : size >= 1 ? one.format(value) : two.format(value);
}

/** Of a share from 0 to 1. */
export function percent(share) {
  if (!isNumber(share)) {
    return NONE;
  }
  const value = share * 100;
  return (value > 0 && value < 0.01 ? "<0.01" : value >= 10 ? one.format(value) : two.format(value)) + " %";
}

export function perSecond(value) {
  return isNumber(value) ? short(value) + "/s" : NONE;
}

/** A length of time in its two largest units. */
export function lasting(seconds) {
  if (!isNumber(seconds)) {
    return NONE;
  }
  const s = Math.round(seconds);
  if (s < 1) {
    return seconds <= 0 ? "0 s" : whole.format(seconds * 1000) + " ms";
  }
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, length]) => s >= length);
  const [name, length] = units[first];
  const rest = first + 1 < units.length ? Math.floor((s % length) / units[first + 1][1]) : 0;
  return Math.floor(s / length) + " " + name + (rest > 0 ? " " + rest + " " + units[first + 1][0] : "");
}

export function millis(value) {
  return isNumber(value) ? (value < 1000 ? whole.format(value) + " ms" : lasting(value / 1000)) : NONE;
}

export function bytes(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  return value >= 2 ** 30 ? one.format(value / 2 ** 30) + " GB" : value >= 2 ** 20 ? one.format(value / 2 ** 20) + " MB" : value >= 1024 ? one.format(value / 1024) + " KB" : whole.format(value) + " B";
}

/** The time of day, with the date where it is not today's. */
export function time(text, withSeconds = true) {
  const at = asDate(text);
  if (at === null) {
    return NONE;
  }
  const clock = two0(at.getHours()) + ":" + two0(at.getMinutes()) + (withSeconds ? ":" + two0(at.getSeconds()) : "");
  return at.toDateString() === new Date().toDateString() ? clock : date(at) + " " + clock;
}

export function date(at) {
  return at.getFullYear() + "-" + two0(at.getMonth() + 1) + "-" + two0(at.getDate());
}

/** "in 5 min", "3 h ago". */
export function relative(text, now = Date.now()) {
  const at = asDate(text);
  if (at === null) {
    return NONE;
  }
  const seconds = (at.getTime() - now) / 1000;
  return Math.abs(seconds) < 1 ? "now" : seconds > 0 ? "in " + lasting(seconds) : lasting(-seconds) + " ago";
}

export function plural(count, word, many = word + "s") {
  return number(count) + " " + (count === 1 ? word : many);
}

function asDate(text) {
  if (text === null || text === undefined || text === "") {
    return null;
  }
  const at = text instanceof Date ? text : new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

function two0(value) {
  return String(value).padStart(2, "0");
}
