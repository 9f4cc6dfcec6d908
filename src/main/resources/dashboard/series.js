// Counters become rates, and samples of the history become series of charts.

import { path } from "./api.js";

export const OUTCOMES = [["delivered", "Delivered"], ["deferred", "Deferred"], ["bounced", "Bounced"], ["expired", "Expired"]];
export const FALLBACK = "1h";
const LATELY = 10_000;

function span(name, seconds, step, fold) {
  return { name, fold, of: (parameters) => path("/v1/history", { from: new Date(Math.floor((Date.now() - seconds * 1000) / 60_000) * 60_000).toISOString(), step, ...parameters }) };
}

/** Spans of time to look at: how long, of minutes or hours, and how many of those become one bar. */
export const SPANS = { "1h": span("1 h", 3600, "minute", 1), "6h": span("6 h", 6 * 3600, "minute", 5), "24h": span("24 h", 86400, "minute", 15), "7d": span("7 d", 7 * 86400, "hour", 2), "30d": span("30 d", 30 * 86400, "hour", 8) };

/** What passed since the start of the node, in all. */
export function outcomes(throughput) {
  const sums = { accepted: throughput.accepted.reduce((sum, one) => sum + one.messages, 0), delivered: 0, deferred: 0, bounced: 0, expired: 0 };
  throughput.outcomes.forEach((one) => {
    const name = one.outcome === "delivered-in-doubt" ? "delivered" : one.outcome;
    if (name in sums) {
      sums[name] += one.attempts;
    }
  });
  return sums;
}

/** @returns what passed a second lately and from one answer to the next, or null where one answer is all there is */
export function rates(counters) {
  if (counters.length < 2) {
    return null;
  }
  const names = ["accepted", "delivered", "deferred", "bounced", "expired"];
  const last = counters.at(-1);
  const before = counters.findLast((one) => last.at - one.at >= LATELY) ?? counters[0];
  // A node that was started again counts from zero.
  const rate = (from, to, name) => to.at > from.at && to[name] >= from[name] ? (to[name] - from[name]) * 1000 / (to.at - from.at) : null;
  return {
    now: Object.fromEntries(names.map((name) => [name, rate(before, last, name)])),
    series: Object.fromEntries(names.map((name) => [name, counters.slice(1).map((one, index) => rate(counters[index], one, name))])),
  };
}

function fold(values, size, join) {
  const out = [];
  for (let from = 0; from < values.length; from += size) {
    const known = values.slice(from, from + size).filter((value) => value !== null);
    out.push(known.length === 0 ? null : join(known));
  }
  return out;
}

/** A history as two charts, `size` samples to a bar. */
export function folded(history, size) {
  const all = history.series[0];
  const times = history.times.filter((at, index) => index % size === 0);
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return {
    attempts: { times, series: OUTCOMES.map(([id, name]) => ({ name, colour: "c-" + id, values: fold(all[id], size, sum) })) },
    delivery: { times, series: [["delivery_p50_ms", "Median", "c-accent"], ["delivery_p95_ms", "95 % within", "c-deferred"]].map(([id, name, colour]) => ({ name, colour, values: fold(all[id], size, (known) => Math.max(...known)) })) },
  };
}
