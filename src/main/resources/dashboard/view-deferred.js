import { act } from "./actions.js";
import { call, path } from "./api.js";
import { h, show } from "./dom.js";
import { number, plural, relative, time } from "./format.js";
import { badge, button, filterForm, pager, panel, table } from "./parts.js";

const LIMIT = 50;
const FIELDS = [{ name: "provider", label: "Provider" }, { name: "kind", label: "Why it waits", choices: ["deferred", "paced", "scheduled", "held"] }, { name: "stream", label: "Stream" },
  { name: "campaign", label: "Campaign" }, { name: "domain", label: "Recipient's domain" }, { name: "pool", label: "Pool" }, { name: "category", label: "Category" }, { name: "id", label: "Message id" }];

export function open(view) {
  const { offset: from, ...filter } = view.query;
  const offset = Number(from) || 0;
  view.watch(5000, () => ({ page: path("/v1/deferred", { ...filter, limit: LIMIT, offset }) }), ({ page }) => show(view.place, content(view, page, filter, offset)));
}

/** The filter in words, for the sentence of what an action will do. */
export function meant(filter) {
  const words = Object.entries(filter).map(([name, value]) => name + " " + value);
  return words.length === 0 ? "everything" : words.join(", ");
}

function content(view, page, filter, offset) {
  const many = (name) => button(name + " all " + number(page.total), () => dialog(name, filter, page.total), { kind: "small" + (name === "Bounce" ? " quiet" : ""), disabled: page.total === 0, key: name });
  return panel("Waiting mail", { flush: true, aside: [h("span", { class: "hint" }, plural(page.total, "message")), many("Retry"), many("Reroute"), many("Bounce")] },
    filterForm(FIELDS, filter, (values) => view.go(values)),
    table([
      { title: "To", head: true, cell: (one) => [h("a", { class: "text", href: view.link("messages", { id: one.id }) }, one.to), h("div", { class: "hint" }, "from " + one.from)] },
      { title: "Provider", cell: (one) => [one.provider, h("span", { class: "hint" }, one.pool && "last by " + one.pool)] },
      { title: "Why", cell: (one) => [badge(one.held_by ?? one.kind, one.kind === "deferred" ? "warn" : ""), h("span", { class: "hint" }, one.category)] },
      { title: "Reason", class: "text", cell: (one) => one.reason },
      { title: "Stream", cell: (one) => [one.stream, h("span", { class: "hint" }, one.campaign)] },
      { title: "Attempt", class: "num", cell: (one) => number(one.attempt) },
      { title: "Next", class: "nowrap", cell: (one) => [time(one.next_attempt), h("span", { class: "hint" }, relative(one.next_attempt))] },
      { title: "", class: "actions", cell: (one) => [button("Retry", () => dialog("Retry", { id: one.id, kind: one.kind }, 1, one.to), { kind: "small", label: "Retry the message to " + one.to }),
        button("Bounce", () => dialog("Bounce", { id: one.id }, 1, one.to), { kind: "small", label: "Bounce the message to " + one.to })] },
    ], page.deferred, { label: "Waiting mail", key: (one) => one.id, none: "Nothing waits that matches." }),
    pager(offset, LIMIT, page.total, (next) => view.go({ ...filter, offset: next || "" })));
}

const WHAT = {
  Retry: ["is made due at once, as far as it was refused or waits for room", "retried"],
  Reroute: ["gets a pool of its own until it is delivered or given up, and is due at once", "rerouted"],
  Bounce: ["is given up: each message becomes a dead letter and its sender may be told", "bounced"],
};

function dialog(name, filter, count, to) {
  const [what, done] = WHAT[name];
  act({
    title: name + " " + (to ? "the message to " + to : plural(count, "message")), verb: name, danger: name === "Bounce",
    what: (to ? "The message to " + to : plural(count, "waiting message") + " (" + meant(filter) + ")") + ": it " + what + ". What is on its lane or under way is not touched.",
    fields: name === "Reroute" ? [{ name: "to_pool", label: "Pool to send by", required: true }] : [],
    run: async (values) => {
      const body = { ...filter, ...values, ...(Object.keys(filter).length === 0 ? { all: true } : {}) };
      const answer = await call("POST", "/v1/deferred/" + name.toLowerCase(), body);
      return plural(answer[done], "message") + " " + done + ".";
    },
  });
}
