import { act } from "./actions.js";
import { call } from "./api.js";
import { h, show } from "./dom.js";
import { number, percent, time } from "./format.js";
import { badge, bar, button, panel, table } from "./parts.js";

const KINDS = { running: "good", held: "warn", finished: "", stopped: "" };

export function open(view) {
  view.watch(5000, () => ({ warmUps: "/v1/warm-ups", status: "/v1/status" }), ({ warmUps, status }) => show(view.place, page(warmUps.warm_ups, status)));
}

function page(rows, status) {
  return panel("Warm-ups", { flush: true, aside: button("Start one", () => start(status.pools.map((pool) => pool.id)), { kind: "small" }) }, table([
    { title: "Pool and provider", head: true, cell: (one) => [one.pool + " to " + one.provider, one.note && h("div", { class: "hint text" }, one.note)] },
    { title: "State", cell: (one) => [badge(one.status, KINDS[one.status]), one.halted_until && h("span", { class: "hint" }, "halted until " + time(one.halted_until))] },
    { title: "Stage", class: "num", cell: (one) => [number(one.stage) + " of " + number(one.stages), bar([["c-accent", one.stage], ["", Math.max(0, one.stages - one.stage)]])] },
    { title: "Sent today", class: "num", cell: (one) => [number(one.sent_today) + " of " + number(one.allowed_today), bar([["c-delivered", one.sent_today], ["", Math.max(0, one.allowed_today - one.sent_today)]])] },
    { title: "Delivered", class: "num", cell: (one) => percent(one.delivered_today / one.sent_today) },
    { title: "Deferred", class: "num", cell: (one) => number(one.deferred_today) },
    { title: "Blocked", class: "num", cell: (one) => number(one.blocked_today) },
    { title: "An hour", class: "num", cell: (one) => one.per_hour === null ? "" : number(one.per_hour) },
    { title: "Stalled days", class: "num", cell: (one) => number(one.stalled_days) },
    { title: "", class: "actions", cell: (one) => actions(one) },
  ], rows, { label: "Warm-ups", key: (one) => one.pool + " " + one.provider, none: "No pool is being warmed up." }));
}

function actions(one) {
  const name = one.pool + " to " + one.provider;
  const change = (action, label, what, fields) => button(label, () => dialog(one, action, label, what, fields), { kind: "small", label: label + " the warm-up of " + name });
  const stage = change("stage", "Set stage", "Its stage is set; from now on as much may be sent a day as that stage has.", [{ name: "stage", label: "Stage, 1 to " + one.stages, required: true, value: String(one.stage) }]);
  return one.status === "running" ? [change("hold", "Hold", "It stays at its stage until it is resumed."), stage, change("stop", "Stop", "It ends, and the pool's usual limits hold.")]
    : one.status === "held" ? [change("resume", "Resume", "It goes on from its stage."), change("stop", "Stop", "It ends, and the pool's usual limits hold.")] : null;
}

async function send(pool, provider, action, { stage, reason }) {
  await call("POST", "/v1/warm-ups", { pool, provider, action, reason, ...(stage ? { stage } : {}) });
  return "The warm-up of " + pool + " to " + provider + ": " + action + " is done.";
}

function dialog(one, action, label, what, fields = []) {
  act({ title: label + ": " + one.pool + " to " + one.provider, verb: label, danger: action === "stop", what, fields, run: (values) => send(one.pool, one.provider, action, values) });
}

function start(pools) {
  act({
    title: "Start a warm-up", verb: "Start", what: "From now on the pool sends to the provider only as much a day as its stage has; the rest goes by other pools or waits.",
    fields: [{ name: "pool", label: "Pool", choices: pools }, { name: "provider", label: "Provider", required: true }, { name: "stage", label: "Stage to start with (empty for the first)" }],
    run: (values) => send(values.pool, values.provider, "start", values),
  });
}
