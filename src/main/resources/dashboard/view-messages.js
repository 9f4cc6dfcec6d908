import { act } from "./actions.js";
import { call, part, path } from "./api.js";
import { h, show } from "./dom.js";
import { lasting, plural, relative, time } from "./format.js";
import { badge, button, empty, filterForm, notice, panel, table } from "./parts.js";

const STATES = ["accepted", "scheduled", "deferred", "delivered", "delivered-in-doubt", "bounced", "expired", "suppressed", "cancelled"];
const COLOURS = { accepted: "accepted", scheduled: "muted", delivered: "delivered", "delivered-in-doubt": "delivered", deferred: "deferred", bounced: "bounced", expired: "expired", "dead-lettered": "muted", suppressed: "muted", cancelled: "muted", replayed: "accepted", complained: "bounced" };
const KINDS = { delivered: "good", "delivered-in-doubt": "good", deferred: "warn", bounced: "bad", expired: "bad", complained: "bad" };
const NO_STATES = ["dead-lettered", "replayed", "complained"];
const FIELDS = [{ name: "recipient", label: "Recipient, or @domain", placeholder: "ann@example.net" }, { name: "sender", label: "Sender, or @domain" }, { name: "stream", label: "Stream" }, { name: "campaign", label: "Campaign" },
  { name: "provider", label: "Provider" }, { name: "state", label: "State", choices: STATES }, { name: "hours", label: "Within the last hours", type: "number", placeholder: "24" }, { name: "id", label: "Message id" }];

export function open(view) {
  const { id, hours, ...filter } = view.query;
  const form = () => panel("Find messages", { flush: true }, filterForm(FIELDS, view.query, (values) => view.go(values)));
  if (id) {
    show(view.place, form(), empty("…"));
    view.watch(4000, () => ({ history: "/v1/messages/" + part(id) }), ({ history }) => show(view.place, form(), timeline(history)));
    return;
  }
  if (!view.has("/v1/messages") || !view.has("/v1/config")) {
    show(view.place, form(), empty("Ask for a message by its id."));
    return;
  }
  const from = () => new Date(Date.now() - (Number(hours) || 24) * 3600_000).toISOString();
  view.watch(10_000, () => ({ page: path("/v1/messages", { ...filter, from: from(), limit: 100 }) }), ({ page }) => show(view.place, form(), results(view, page)));
}

function results(view, page) {
  return panel("Messages", { flush: true, aside: h("span", { class: "hint" }, plural(page.messages.length, "message") + (page.complete ? "" : ", the latest") + ", looked back to " + time(page.searched_from)) }, table([
    { title: "To", head: true, cell: (one) => [h("a", { class: "text", href: view.link("messages", { id: one.id }) }, one.to), h("div", { class: "hint" }, "from " + one.from)] },
    { title: "State", cell: (one) => badge(one.state, KINDS[one.state]) },
    { title: "At", class: "nowrap", cell: (one) => [time(one.at), h("span", { class: "hint" }, relative(one.at))] },
    { title: "Provider", cell: (one) => [one.provider, h("span", { class: "hint" }, one.pool && "by " + one.pool)] },
    { title: "Stream", cell: (one) => [one.stream, h("span", { class: "hint" }, one.campaign)] },
    { title: "Last word", class: "text", cell: (one) => one.detail },
  ], page.messages, { label: "Messages", key: (one) => one.id, none: "No message matches in this time." }));
}

function timeline(history) {
  const first = Date.parse(history.events[0].at);
  const last = history.events.filter((event) => !NO_STATES.includes(event.event)).at(-1) ?? history.events.at(-1);
  const complained = history.events.some((event) => event.event === "complained");
  const over = ["delivered", "bounced", "expired", "cancelled", "suppressed"].includes(last.event);
  const aside = [badge(last.event, KINDS[last.event]), complained && badge("complained", KINDS.complained), !over && button("Cancel it", () => cancel(history.message_id), { kind: "small" })];
  return [history.in_doubt && notice("warn", "No answer came after the end of the message: it may have arrived."),
    panel("Message " + history.message_id, { flush: true, aside }, h("ol", { class: "timeline list" }, history.events.map((event, index) => h("li", { key: index },
      h("i", { class: "dot c-" + (COLOURS[event.event] ?? "muted") }),
      h("div", {}, h("div", { class: "row" }, h("b", {}, event.event), time(event.at), h("span", { class: "hint" }, "+" + lasting((Date.parse(event.at) - first) / 1000)), event.attempt > 0 && h("span", { class: "hint" }, "attempt " + event.attempt)),
        h("div", { class: "hint" }, [["to", event.to], ["by way of", event.way], ["provider", event.provider], ["pool", event.pool], ["category", event.category]].filter(([, value]) => value).map(([name, value]) => name + " " + value).join(", ")),
        event.detail && h("div", {}, event.detail), event.next_attempt && h("div", { class: "hint" }, "next attempt " + time(event.next_attempt) + " (" + relative(event.next_attempt) + ")"))))))];
}

function cancel(id) {
  act({
    title: "Cancel message " + id, verb: "Cancel the message", danger: true, what: "What waits is taken away at once, what is on a lane is dropped when its turn comes; what was delivered stays so.",
    run: async ({ reason }) => {
      await call("POST", "/v1/messages/" + part(id) + "/cancel", { reason });
      return "The message is cancelled.";
    },
  });
}
