import { act, details, fault } from "./actions.js";
import { call, get, part, path } from "./api.js";
import { h, show } from "./dom.js";
import { number, percent, relative, short, time } from "./format.js";
import { badge, button, choices, empty, pairs, panel, table } from "./parts.js";

const NOTICES = { waiting: "waiting", told: "told", overtaken: "a later one was told", given_up: "given up" };
const STATES = { open: "Open", acknowledged: "Acknowledged", resolved: "Resolved", all: "All" };

export function open(view) {
  const state = STATES[view.query.state] ? view.query.state : "open";
  const alerts = view.has("/v1/alerts");
  view.watch(5000, () => ({
    alerts: alerts && path("/v1/alerts", { state }), silences: view.has("/v1/alerts/silences") && "/v1/alerts/silences", warnings: "/v1/warnings", content: "/v1/content?limit=20",
  }), (answers) => show(view.place, alerts && alertPanel(view, state, sorted(answers.alerts.alerts)), answers.silences && silencePanel(answers.silences.silences), warningPanel(answers.warnings.warnings), suspectPanel(answers.content.suspects)));
}

/** What is over last, critical ones first, then the latest first. */
export function sorted(alerts) {
  const rank = (one) => (one.state === "resolved" ? 2 : 0) + (one.severity === "critical" ? 0 : 1);
  return [...alerts].sort((a, b) => rank(a) - rank(b) || Date.parse(b.since) - Date.parse(a.since));
}

function alertPanel(view, state, rows) {
  const aside = choices("Which alerts", STATES, state, (next) => view.go({ state: next }));
  const name = (one) => one.rule + " " + (one.subject ?? "");
  return panel("Alerts", { flush: true, aside }, rows.length === 0 ? empty("No alert is " + (state === "all" ? "known" : state) + ".") : h("ul", { class: "list" }, rows.map((one) => h("li", { key: one.id },
    h("div", { class: "row" }, h("span", { class: "row" }, badge(one.severity, one.severity === "critical" ? "bad" : "warn"), h("b", {}, one.rule), one.subject, badge(one.state), one.silenced_until && badge("silenced until " + time(one.silenced_until, false))),
      h("span", { class: "row actions" }, view.has("/v1/alerts/{id}") && button("Who was told", () => look(one), { kind: "small", label: "Who was told of " + name(one) }),
        one.state === "open" && button("Acknowledge", () => acknowledge(one), { kind: "small", label: "Acknowledge " + name(one) }),
        one.state !== "resolved" && view.has("/v1/alerts/silences") && button("Silence", () => silence(one), { kind: "small", label: "Silence " + name(one) }))),
    h("p", {}, one.text),
    h("p", { class: "hint" }, (one.metric ?? "") + " " + short(one.value) + (one.unit ? " " + one.unit : "") + ", limit " + short(one.threshold) + "; since " + time(one.since) + " (" + relative(one.since) + ")"
      + (one.resolved_at ? ", resolved " + time(one.resolved_at) : "") + (one.acknowledged_by ? "; acknowledged by " + one.acknowledged_by + ": " + one.acknowledged_reason : "")),
    (one.suggested ?? []).length > 0 && h("ul", {}, one.suggested.map((text) => h("li", { class: "hint" }, "→ " + text)))))));
}

async function look(one) {
  const body = h("div", { class: "stack" }, "…");
  details(one.rule + (one.subject ? " of " + one.subject : ""), body);
  try {
    show(body, whole(await get("/v1/alerts/" + part(one.id))));
  } catch (error) {
    show(body, fault(error));
  }
}

function whole(one) {
  const unit = one.unit ? " " + one.unit : "";
  return [h("p", {}, one.text),
    pairs([["Id", h("span", { class: "mono" }, one.id)], ["Value", one.value !== null && short(one.value) + unit], ["Limit", one.threshold !== null && short(one.threshold) + unit], ["Bad since", time(one.since)]].filter(([, value]) => value !== false)),
    h("h3", {}, "Who was told"), table([
      { title: "Whom", head: true, cell: (notice) => [notice.target, h("div", { class: "hint" }, notice.kind)] },
      { title: "State", cell: (notice) => badge(NOTICES[notice.state], notice.state === "told" ? "good" : notice.state === "given_up" ? "bad" : notice.state === "waiting" && notice.attempts > 0 ? "warn" : "") },
      { title: "When", class: "nowrap", cell: (notice) => notice.done_at ? time(notice.done_at) : "next " + relative(notice.next_at) },
      { title: "Tries", class: "num", cell: (notice) => number(notice.attempts) },
      { title: "Last answer", class: "text", cell: (notice) => notice.answer },
    ], one.notices, { label: "Who was told", key: (notice) => notice.target + notice.kind + notice.made_at, none: "Nobody was told." }),
    h("h3", {}, "What it went through"), table([
      { title: "When", head: true, class: "nowrap", cell: (change) => time(change.at) },
      { title: "State", cell: (change) => [badge(change.state), badge(change.severity, change.severity === "critical" ? "bad" : "warn")] },
      { title: "Value", class: "num", cell: (change) => change.value !== null && short(change.value) + unit },
      { title: "By", class: "text", cell: (change) => change.by && change.by + ": " + change.reason },
    ], one.history, { label: "What it went through", key: (change) => change.at + change.state + change.severity, none: "Nothing was kept of it." })];
}

function acknowledge(one) {
  act({
    title: "Acknowledge " + one.rule, verb: "Acknowledge", what: "It stays open and is shown as taken care of; nobody is told of it again until it is resolved. " + one.text,
    fields: [{ name: "by", label: "Your name", required: true, longest: 128 }],
    run: async ({ by, reason }) => {
      await call("POST", "/v1/alerts/" + part(one.id) + "/acknowledge", { by, reason });
      return "The alert " + one.rule + " is acknowledged.";
    },
  });
}

function silence(one) {
  act({
    title: "Silence " + one.rule, verb: "Silence", what: "Nobody is told of this rule" + (one.subject ? " for " + one.subject : "") + " until the time is over. It is still shown here.",
    fields: [{ name: "for", label: "For how long, such as 30m, 2h or 1d", required: true, value: "2h" }, { name: "by", label: "Your name", required: true, longest: 128 }],
    run: async (values) => {
      await call("POST", "/v1/alerts/silences", { rule: one.rule, ...(one.subject ? { subject: one.subject } : {}), for: values.for, by: values.by, reason: values.reason });
      return one.rule + " is silenced for " + values.for + ".";
    },
  });
}

function silenced(one) {
  return (one.rule ?? "all rules") + (one.subject ? " of " + one.subject : "");
}

function silencePanel(rows) {
  return panel("Silences", { flush: true }, table([
    { title: "Rule", head: true, cell: silenced },
    { title: "Until", class: "nowrap", cell: (one) => [time(one.until), h("span", { class: "hint" }, relative(one.until))] },
    { title: "By", cell: (one) => one.by },
    { title: "Reason", class: "text", cell: (one) => one.reason },
    { title: "", class: "actions", cell: (one) => button("End", () => act({
      title: "End the silence of " + silenced(one), verb: "End it", what: "Alerts of " + silenced(one) + " are told again.",
      run: async ({ reason }) => {
        await call("DELETE", path("/v1/alerts/silences/" + part(one.id), { reason }));
        return "The silence of " + silenced(one) + " is over.";
      },
    }), { kind: "small", label: "End the silence of " + silenced(one) }) },
  ], rows, { label: "Silences", key: (one) => one.id, none: "Nothing is silenced." }));
}

function warningPanel(rows) {
  return panel("Early warnings", { flush: true }, table([
    { title: "What", head: true, cell: (one) => [(one.pool ? one.pool + " to " : "") + one.provider, h("div", {}, badge(one.kind, one.severity === "critical" ? "bad" : "warn"))] },
    { title: "Cause", class: "text", cell: (one) => one.cause },
    { title: "Since", class: "nowrap", cell: (one) => [time(one.since), h("span", { class: "hint" }, relative(one.since))] },
    { title: "Threshold", class: "nowrap", cell: (one) => one.threshold_at && relative(one.threshold_at) },
    { title: "Volume left", class: "num", cell: (one) => percent(one.share) },
    { title: "Until", class: "nowrap", cell: (one) => time(one.end) },
    { title: "", class: "actions", cell: (one) => button("End", () => endWarning(one), { kind: "small", label: "End the warning " + one.kind + " of " + one.provider }) },
  ], rows, { label: "Early warnings", key: (one) => one.id, none: "No decline is seen." }));
}

function endWarning(one) {
  act({
    title: "End the warning " + one.kind, verb: "End it", danger: true, what: "The usual volume goes on towards " + one.provider + ". " + one.cause,
    run: async ({ reason }) => {
      await call("POST", path("/v1/warnings/" + part(one.id) + "/end", { reason }));
      return "The warning is ended.";
    },
  });
}

function suspectPanel(rows) {
  return rows.length === 0 ? null : panel("Content that does worse", { flush: true }, h("ul", { class: "list" }, rows.map((one) => h("li", { key: one.trait + one.provider }, h("b", {}, one.trait), " at ", one.provider, h("p", { class: "hint" }, one.text)))));
}
