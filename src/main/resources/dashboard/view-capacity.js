import { h, show } from "./dom.js";
import { relative, short, time } from "./format.js";
import { badge, panel, table } from "./parts.js";

const MONTH = 30 * 86_400_000;

/** Whether there is a forecast at all. That days are too few is said in words only. */
function known(one) {
  return one.growth_per_day !== null && one.limit !== null && !one.why.includes("too few to forecast from");
}

export function open(view) {
  view.watch(60_000, () => ({ capacity: "/v1/capacity" }), ({ capacity }) => show(view.place, panel("Forecasts", { flush: true }, table([
    { title: "What", head: true, cell: (one) => [one.subject, h("div", { class: "hint" }, one.metric)] },
    { title: "Now", class: "num", cell: (one) => short(one.now) },
    { title: "Limit", class: "num", cell: (one) => short(one.limit) },
    { title: "Growth a day", class: "num", cell: (one) => short(one.growth_per_day) },
    { title: "Outgrown", class: "nowrap", cell: (one) => one.reached_at ? [badge(relative(one.reached_at), Date.parse(one.reached_at) - Date.now() < MONTH ? "warn" : ""), h("span", { class: "hint" }, "about " + time(one.reached_at, false))] : known(one) ? "not in sight" : "not known" },
    { title: "Between", class: "nowrap", cell: (one) => one.reached_earliest && time(one.reached_earliest, false) + " and " + (one.reached_latest ? time(one.reached_latest, false) : "never") },
    { title: "Why", class: "text", cell: (one) => one.why },
  ], capacity.forecasts, { label: "Forecasts", key: (one) => one.subject + " " + one.metric, none: "Too little is known yet to foresee anything." }))));
}
