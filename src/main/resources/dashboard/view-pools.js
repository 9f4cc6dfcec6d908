import { holdDialog, resumeDialog } from "./holds.js";
import { act } from "./actions.js";
import { call } from "./api.js";
import { h, show } from "./dom.js";
import { decimal, lasting, number, relative, time } from "./format.js";
import { badge, bar, button, panel, table } from "./parts.js";

export function open(view) {
  view.watch(3000, () => ({ status: "/v1/status", holds: "/v1/holds", reputation: "/v1/reputation?kind=pool&limit=500" }), (answers) => show(view.place, page(answers)));
}

function page({ status, holds, reputation }) {
  const held = (kind, value) => holds.holds.find((hold) => hold.kind === kind && hold.value === value);
  const score = (id) => reputation.reputations.find((one) => one.name === id && one.provider === null);
  return [panel("Pools", { flush: true }, table([
    { title: "Pool", head: true, cell: (pool) => [pool.id, h("div", { class: "hint mono" }, pool.server)] },
    { title: "State", cell: (pool) => poolState(pool, held("pool", pool.id)) },
    { title: "Conversations", class: "num", cell: (pool) => [number(pool.in_flight) + " of " + number(pool.max_connections), bar([["c-accent", pool.in_flight], ["", Math.max(0, pool.max_connections - pool.in_flight)]])] },
    { title: "Mean time", class: "num", cell: (pool) => lasting(pool.mean_seconds ?? NaN) },
    { title: "Reputation", class: "num", cell: (pool) => decimal(score(pool.id)?.score) },
    { title: "What holds it back", class: "text", cell: (pool) => [pool.binding, score(pool.id) && h("span", { class: "hint" }, score(pool.id).text)] },
    { title: "Last failure", class: "text", cell: (pool) => pool.last_failure },
    { title: "", class: "actions", cell: (pool) => actions(pool, held("pool", pool.id)) },
  ], status.pools, { label: "Pools", key: (pool) => pool.id, none: "There are no pools." })), holdPanel(holds.holds)];
}

function poolState(pool, hold) {
  const health = badge(pool.health, pool.health === "healthy" ? "good" : "bad");
  return hold ? [badge(hold.state, "warn"), " ", health, h("span", { class: "hint" }, "until " + time(hold.expires, false) + ", by " + hold.by + ": " + hold.reason)] : health;
}

function actions(pool, hold) {
  if (hold) {
    return button("Resume", () => resumeDialog(hold), { kind: "small", label: "Resume pool " + pool.id });
  }
  return [button("Pause", () => holdDialog("pool", pool.id, "pause"), { kind: "small", label: "Pause pool " + pool.id }), button("Drain", () => holdDialog("pool", pool.id, "drain"), { kind: "small", label: "Drain pool " + pool.id })];
}

function holdPanel(holds) {
  const aside = button("Hold a stream, campaign or sender", () => act({
    title: "Hold mail", verb: "Pause", danger: true, what: "Mail of it waits, on all nodes, until the hold ends; then it goes on by itself.",
    fields: [{ name: "kind", label: "What", choices: ["stream", "campaign", "sender", "provider"] }, { name: "value", label: "Its name (of a sender: the domain)", required: true, longest: 128 },
      { name: "for", label: "For how long, such as 30m, 2h or 1d (empty for the usual)", placeholder: "1h" }],
    run: async (values) => {
      const hold = await call("POST", "/v1/holds", { kind: values.kind, value: values.value, reason: values.reason, ...(values.for ? { for: values.for } : {}) });
      return hold.kind + " " + hold.value + " is held until " + time(hold.expires) + ".";
    },
  }), { kind: "small" });
  return panel("Holds in force", { flush: true, aside }, table([
    { title: "What", head: true, cell: (hold) => hold.kind + " " + hold.value },
    { title: "State", cell: (hold) => badge(hold.state, "warn") },
    { title: "Since", class: "nowrap", cell: (hold) => time(hold.since) },
    { title: "Ends", class: "nowrap", cell: (hold) => [time(hold.expires), h("span", { class: "hint" }, relative(hold.expires))] },
    { title: "By", cell: (hold) => hold.by },
    { title: "Reason", class: "text", cell: (hold) => hold.reason },
    { title: "", class: "actions", cell: (hold) => button("Resume", () => resumeDialog(hold), { kind: "small", label: "Resume " + hold.kind + " " + hold.value }) },
  ], holds, { label: "Holds in force", key: (hold) => hold.id, none: "Nothing is held." }));
}
