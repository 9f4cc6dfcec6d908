import { act } from "./actions.js";
import { call, part, path } from "./api.js";
import { h, show } from "./dom.js";
import { plural, relative, time } from "./format.js";
import { badge, button, filterForm, pager, panel, table } from "./parts.js";

const LIMIT = 50;
const FIELDS = [{ name: "address", label: "Address" }, { name: "domain", label: "Domain" }, { name: "stream", label: "Stream" }, { name: "reason", label: "Reason" },
  { name: "origin", label: "Origin", choices: ["refusal", "complaint", "manual", "import"] }];

export function open(view) {
  const { offset: from, ...filter } = view.query;
  const offset = Number(from) || 0;
  view.watch(8000, () => ({ page: path("/v1/suppressions", { ...filter, limit: LIMIT, offset }) }), ({ page }) => show(view.place, content(view, page, filter, offset)));
}

function content(view, page, filter, offset) {
  return panel("Suppressed addresses", { flush: true, aside: [h("span", { class: "hint" }, plural(page.total, "entry", "entries")), button("Add an address", add, { kind: "small" })] },
    filterForm(FIELDS, filter, (values) => view.go(values)),
    table([
      { title: "Address", head: true, cell: (one) => h("span", { class: "text" }, one.address) },
      { title: "For", cell: (one) => one.stream === null || one.stream === "" ? "all mail" : "stream " + one.stream },
      { title: "Reason", cell: (one) => badge(one.reason) },
      { title: "In words", class: "text", cell: (one) => one.detail },
      { title: "Origin", cell: (one) => one.origin },
      { title: "Since", class: "nowrap", cell: (one) => time(one.since, false) },
      { title: "Until", class: "nowrap", cell: (one) => one.expires ? [time(one.expires, false), h("span", { class: "hint" }, relative(one.expires))] : "for ever" },
      { title: "", class: "actions", cell: (one) => button("Remove", () => remove(one), { kind: "small", label: "Remove " + one.address }) },
    ], page.suppressions, { label: "Suppressed addresses", key: (one) => one.address + " " + (one.stream ?? ""), none: "No address matches." }),
    pager(offset, LIMIT, page.total, (next) => view.go({ ...filter, offset: next || "" })));
}

function add() {
  act({
    title: "Suppress an address", verb: "Suppress", what: "No more mail is accepted for it, and what waits for it is dropped when its turn comes.",
    fields: [{ name: "address", label: "Address", type: "text", required: true }, { name: "stream", label: "Stream (empty for all mail)" }],
    run: async ({ address, stream, reason }) => {
      const entry = await call("POST", "/v1/suppressions", { address, detail: reason, ...(stream ? { stream } : {}) });
      return entry.address + " gets no more mail.";
    },
  });
}

function remove(one) {
  act({
    title: "Remove " + one.address, verb: "Remove", danger: true, what: one.address + " gets mail again" + (one.stream ? " of stream " + one.stream : "") + ". It was suppressed for " + one.reason + (one.detail ? ": " + one.detail : "."),
    run: async ({ reason }) => {
      const answer = await call("DELETE", path("/v1/suppressions/" + part(one.address), { ...(one.stream ? { stream: one.stream } : {}), reason }));
      return plural(answer.removed, "entry", "entries") + " removed: " + one.address + " gets mail again.";
    },
  });
}
