import { path } from "./api.js";
import { h, show } from "./dom.js";
import { number, relative, time } from "./format.js";
import { badge, button, panel, table } from "./parts.js";

const LIMIT = 100;

export function open(view) {
  const offset = Number(view.query.offset) || 0;
  view.watch(5000, () => ({ audit: path("/v1/audit", { limit: LIMIT, offset }) }), ({ audit }) => show(view.place, panel("Audit log", { flush: true }, table([
    { title: "When", class: "nowrap", cell: (one) => [time(one.at), h("span", { class: "hint" }, relative(one.at))] },
    { title: "Who", cell: (one) => one.by },
    { title: "What", cell: (one) => badge(one.action) },
    { title: "To what", class: "text", cell: (one) => one.subject },
    { title: "Why", class: "text", cell: (one) => one.reason },
    { title: "How many", class: "num", cell: (one) => one.messages === null ? "" : number(one.messages) },
  ], audit.audit, { label: "Audit log", none: "Nothing was done by hand yet." }),
  (offset > 0 || audit.audit.length === LIMIT) && h("div", { class: "pager" }, button("Newer", () => view.go({ offset: Math.max(0, offset - LIMIT) || "" }), { disabled: offset === 0 }),
    h("span", {}, "from entry " + number(offset + 1)), button("Older", () => view.go({ offset: offset + LIMIT }), { disabled: audit.audit.length < LIMIT })))));
}
