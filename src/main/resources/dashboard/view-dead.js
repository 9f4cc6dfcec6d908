import { act, details, fault } from "./actions.js";
import { call, get, part, path } from "./api.js";
import { h, show } from "./dom.js";
import { bytes, number, plural, relative, time } from "./format.js";
import { badge, button, filterForm, pager, pairs, panel, table } from "./parts.js";
import { meant } from "./view-deferred.js";

const LIMIT = 50;
const FIELDS = [{ name: "provider", label: "Provider" }, { name: "category", label: "Category" }, { name: "stream", label: "Stream" }, { name: "campaign", label: "Campaign" },
  { name: "domain", label: "Recipient's domain" }, { name: "pool", label: "Pool" }, { name: "id", label: "Message id" }];

export function open(view) {
  const { offset: from, ...filter } = view.query;
  const offset = Number(from) || 0;
  view.watch(8000, () => ({ page: path("/v1/dead-letters", { ...filter, limit: LIMIT, offset }) }), ({ page }) => show(view.place, content(view, page, filter, offset)));
}

function content(view, page, filter, offset) {
  return panel("Dead letters", { flush: true, aside: [h("span", { class: "hint" }, plural(page.total, "letter")),
    button("Replay all " + number(page.total), () => replay("all", filter, page.total), { kind: "small", disabled: page.total === 0 })] },
  filterForm(FIELDS, filter, (values) => view.go(values)),
  table([
    { title: "To", head: true, cell: (one) => [h("span", { class: "text" }, one.to), h("div", { class: "hint" }, "from " + one.from)] },
    { title: "Given up", class: "nowrap", cell: (one) => [time(one.dead_at), h("span", { class: "hint" }, relative(one.dead_at))] },
    { title: "Outcome", cell: (one) => [badge(one.outcome, one.outcome === "bounced" ? "bad" : "warn"), one.in_doubt && badge("in doubt", "warn"), one.replayed_at && badge("replayed", "good"), h("span", { class: "hint" }, one.category)] },
    { title: "Reason", class: "text", cell: (one) => one.reason },
    { title: "Provider", cell: (one) => [one.provider, h("span", { class: "hint" }, one.pool && "by " + one.pool)] },
    { title: "Stream", cell: (one) => [one.stream, h("span", { class: "hint" }, one.campaign)] },
    { title: "", class: "actions", cell: (one) => [button("Look", () => look(view, one), { kind: "small", label: "Look at the letter to " + one.to }),
      button("Replay", () => replay(one.id, {}, 1, one.to), { kind: "small", label: "Replay the letter to " + one.to, disabled: one.replayed_at !== null }),
      button("Drop", () => drop(one), { kind: "small", label: "Drop the letter to " + one.to, disabled: one.replayed_at !== null })] },
  ], page.dead_letters, { label: "Dead letters", key: (one) => one.id, none: "No dead letter matches." }),
  pager(offset, LIMIT, page.total, (next) => view.go({ ...filter, offset: next || "" })));
}

async function look(view, one) {
  const body = h("div", { class: "stack" }, "…");
  const dialog = details("Letter to " + one.to, body, h("a", { href: view.link("messages", { id: one.id }), on: { click: () => dialog.close() } }, "Its history"));
  try {
    const letter = await get("/v1/dead-letters/" + part(one.id));
    show(body, pairs([["Id", h("span", { class: "mono" }, letter.id)], ["From", letter.from], ["To", letter.to], ["Reason", letter.reason], ["Attempts", number(letter.attempt)], ["Accepted", time(letter.accepted_at)],
      ["Given up", time(letter.dead_at)], ["Replayed", letter.replayed_at && time(letter.replayed_at)], ["Size", bytes(letter.size)], ["Tags", letter.tags.join(", ")]]),
    h("h3", {}, "Headers"), pairs(letter.headers.map((header) => [header.name, header.value])));
  } catch (error) {
    show(body, fault(error));
  }
}

function replay(id, filter, count, to) {
  act({
    title: "Replay " + (to ? "the letter to " + to : plural(count, "letter")), verb: "Replay",
    what: (to ? "The letter to " + to : plural(count, "dead letter") + " (" + meant(filter) + ")") + ": back on its lane with fresh retries. What was replayed before is left alone.",
    run: async ({ reason }) => {
      const { id: one, ...rest } = filter;
      const answer = await call("POST", path("/v1/dead-letters/" + part(id === "all" && one ? one : id) + "/replay", { ...rest, reason }));
      return plural(answer.replayed, "letter") + " replayed.";
    },
  });
}

function drop(one) {
  act({
    title: "Drop the letter to " + one.to, verb: "Drop it", danger: true, what: "The letter to " + one.to + " is deleted for good and never sent. Its history says so.",
    run: async ({ reason }) => {
      const answer = await call("DELETE", path("/v1/dead-letters/" + part(one.id), { reason }));
      return plural(answer.dropped, "letter") + " dropped.";
    },
  });
}
