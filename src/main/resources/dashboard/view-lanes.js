import { holdDialog } from "./holds.js";
import { h, show } from "./dom.js";
import { lasting, number } from "./format.js";
import { badge, button, choices, notice, panel, table } from "./parts.js";

export function open(view) {
  const all = view.query.all === "true";
  view.watch(4000, () => ({ lanes: "/v1/lanes" }), ({ lanes }) => show(view.place, page(view, lanes, all)));
}

function size(lane) {
  return (lane.queued ?? 0) + (lane.under_way ?? 0) + lane.waiting;
}

function page(view, lanes, all) {
  const rows = lanes.lanes.filter((lane) => all || size(lane) > 0 || lane.hold).sort((a, b) => size(b) - size(a) || a.provider.localeCompare(b.provider));
  const aside = choices("Which lanes", { some: "In use", all: "All" }, all ? "all" : "some", (one) => view.go({ all: one === "all" ? "true" : "" }));
  return [typeof lanes.queues === "string" && notice("warn", lanes.queues),
    panel("Lanes", { flush: true, aside }, table([
      { title: "Provider", head: true, cell: (lane) => [lane.provider, lane.hold && h("div", {}, badge(lane.hold, "warn"))] },
      { title: "Queued", class: "num", cell: (lane) => number(lane.queued) },
      { title: "Under way", class: "num", cell: (lane) => number(lane.under_way) },
      { title: "First for", class: "num", cell: (lane) => lasting(lane.oldest_seconds ?? NaN) },
      { title: "Waiting", class: "num", cell: (lane) => lane.waiting > 0 ? h("a", { href: view.link("deferred", { provider: lane.provider }) }, number(lane.waiting)) : "0" },
      ...lanes.ages.map((age, index) => ({ title: age, class: "num", cell: (lane) => heat(lane.by_age[index], index) })),
      { title: "Most frequent reasons", class: "text", cell: (lane) => lane.reasons.map((reason) => h("div", {}, h("b", {}, number(reason.messages)), " ", [reason.kind, reason.code, reason.category].filter(Boolean).join(", "),
        h("span", { class: "hint" }, reason.for_example))) },
      { title: "", class: "actions", cell: (lane) => button("Pause", () => holdDialog("provider", lane.provider, "pause"), { kind: "small", label: "Pause mail to " + lane.provider }) },
    ], rows, { label: "Lanes", key: (lane) => lane.provider, none: "Every lane is empty, and nothing waits." }))];
}

/** The older, the more it matters. */
function heat(count, index) {
  return count === 0 ? "0" : h("span", { class: "heat", "data-level": index < 2 ? 1 : index < 4 ? 2 : 3 }, number(count));
}
