import { h, show } from "./dom.js";
import { chart, spark } from "./chart.js";
import { lasting, millis, number, percent, perSecond, plural, relative, short, time } from "./format.js";
import { badge, bar, choices, empty, pairs, panel, table } from "./parts.js";
import { FALLBACK, OUTCOMES, SPANS, folded, outcomes, rates } from "./series.js";

const KEPT = 150;
const SHOWN = 12;
const HOLDS_SHOWN = 6;

/** Counters twice a second of a minute become rates; charts come from the history. */
export function open(view) {
  const seen = { counters: [], status: null, history: null, providers: null, health: null, alerts: null, warnings: null, holds: null, gauges: {} };
  const draw = () => seen.status && seen.counters.length > 0 && show(view.place, page(view, seen));
  view.watch(2000, () => ({ throughput: "/v1/throughput" }), ({ throughput }) => {
    seen.counters = [...seen.counters, { at: Date.parse(throughput.at), ...outcomes(throughput) }].slice(-KEPT);
    draw();
  });
  view.watch(5000, () => ({ status: "/v1/status", warnings: "/v1/warnings", alerts: view.has("/v1/alerts") && "/v1/alerts?state=open", health: view.has("/v1/health-score") && "/v1/health-score" }), (answers) => {
    Object.assign(seen, answers);
    draw();
  });
  view.watch(5000, () => ({ holds: "/v1/holds" }), (answers) => {
    Object.assign(seen, answers);
    draw();
  }, { beside: true });
  if (view.has("/v1/history")) {
    const span = SPANS[view.query.span] ?? SPANS[FALLBACK];
    view.watch(20_000, () => ({ history: span.of({}), providers: span.of({ by: "provider" }), system: SPANS[FALLBACK].of({ gauge: "heap,cpu,disk,database" }) }), (answers) => {
      Object.assign(seen, answers);
      draw();
    });
  }
}

function page(view, seen) {
  return [tiles(seen), h("div", { class: "grid sides" },
    h("div", { class: "stack wide" }, outcomePanel(view, seen), providerPanel(seen)),
    h("div", { class: "stack narrow first" }, healthPanel(seen.health), wrongPanel(seen)),
    h("div", { class: "stack narrow" }, poolPanel(seen.status, seen.holds?.holds ?? []), nodePanel(seen)))];
}

function tiles(seen) {
  const rate = rates(seen.counters);
  const waiting = (seen.status.waiting ?? []).reduce((sum, one) => sum + one.messages, 0);
  const queued = Object.entries(seen.status.queues ?? {}).filter(([name]) => name.startsWith("mail.lane.")).reduce((sum, [, count]) => sum + count, 0);
  return h("div", { class: "tiles" },
    [["accepted", "Accepted"], ...OUTCOMES.filter(([id]) => id !== "expired")].map(([id, name]) => h("div", { class: "tile c-" + id, key: id },
      h("div", { class: "name" }, h("i", { class: "dot" }), name), h("div", { class: "value" }, rate ? perSecond(rate.now[id]) : "…"),
      spark(rate ? rate.series[id] : [], "c-" + id, name + " in the last minutes"))),
    tile("lanes", "On lanes", number(queued), "queued or under way"),
    tile("deferred", "Waiting", short(waiting), plural((seen.status.waiting ?? []).length, "group") + " by provider and kind"),
    tile("dead", "Dead letters", short(seen.status.dead_letters), "given up and kept"));
}

function tile(to, name, value, note) {
  return h("a", { class: "tile", href: "#/" + to, key: to }, h("div", { class: "name" }, name), h("div", { class: "value" }, value), h("div", { class: "note" }, note));
}

function outcomePanel(view, seen) {
  if (!seen.history) {
    return null;
  }
  const chosen = SPANS[view.query.span] ? view.query.span : FALLBACK;
  const data = folded(seen.history, SPANS[chosen].fold);
  return panel("What became of attempts", { aside: choices("Span of time", Object.fromEntries(Object.entries(SPANS).map(([id, span]) => [id, span.name])), chosen, (span) => view.go({ span })) },
    h("div", { class: "stack" },
      chart("Attempts by outcome over time.", data.attempts, { kind: "bars" }),
      h("h3", {}, "From acceptance to delivery"),
      chart("Time from acceptance to delivery, median and 95th percentile.", data.delivery, { kind: "lines", format: (value) => lasting(value / 1000) })));
}

function providerPanel(seen) {
  if (!seen.providers) {
    return null;
  }
  const rows = seen.providers.series.filter((one) => one.name !== "").map((one) => {
    const sum = (name) => one[name].reduce((total, value) => total + (value ?? 0), 0);
    const row = { name: one.name, delivered: sum("delivered"), deferred: sum("deferred"), bounced: sum("bounced"), expired: sum("expired"), p95: one.total.delivery_p95_ms };
    return { ...row, attempts: row.delivered + row.deferred + row.bounced + row.expired };
  }).filter((row) => row.attempts > 0).sort((a, b) => b.attempts - a.attempts);
  return panel("By provider", { flush: true, aside: h("span", { class: "hint" }, "in the span above") }, table([
    { title: "Provider", head: true, cell: (row) => row.name },
    { title: "Attempts", class: "num", cell: (row) => number(row.attempts) },
    { title: "Outcomes", cell: (row) => bar(OUTCOMES.map(([id]) => ["c-" + id, row[id]])) },
    ...OUTCOMES.filter(([id]) => id !== "expired").map(([id, name]) => ({ title: name, class: "num", cell: (row) => percent(row[id] / row.attempts) })),
    { title: "95 % within", class: "num", cell: (row) => lasting(row.p95 === null ? NaN : row.p95 / 1000) },
  ], rows, { label: "Outcomes by provider", key: (row) => row.name, none: "No attempts in this span." }));
}

const BANDS = { excellent: "good", good: "good", fair: "warn", poor: "bad", critical: "bad" };

function healthPanel(health) {
  if (!health) {
    return null;
  }
  const known = typeof health.score === "number";
  return panel("Health", {}, h("div", { class: "stack" },
    h("div", { class: "score" }, h("b", {}, known ? health.score.toFixed(2) : "–"), badge(health.band ?? "not known", BANDS[health.band])),
    h("ul", { class: "stack" }, (health.parts ?? []).map((part) => h("li", { key: part.name }, h("div", { class: "row" }, h("span", {}, part.name), h("span", { class: "hint" }, "weight " + part.weight),
      h("b", {}, typeof part.score === "number" ? part.score.toFixed(2) : "not known")), part.why && h("div", { class: "hint" }, part.why))))));
}

function wrongPanel(seen) {
  const kind = (one) => one.severity === "critical" ? "bad" : "warn";
  const items = [
    ...seen.status.problems.map((text) => ({ kind: "bad", word: "problem", text, key: text })),
    ...(seen.alerts?.alerts ?? []).map((one) => ({ kind: kind(one), word: one.severity, name: one.rule, subject: one.subject, text: one.text, since: one.since, to: "#/alerts", key: one.id })),
    ...(seen.warnings?.warnings ?? []).map((one) => ({ kind: kind(one), word: one.kind, name: (one.pool ? one.pool + " to " : "") + one.provider, text: one.cause, since: one.since, key: one.id })),
  ].sort((a, b) => (a.kind === "bad" ? 0 : 1) - (b.kind === "bad" ? 0 : 1) || (b.since ? Date.parse(b.since) : Infinity) - (a.since ? Date.parse(a.since) : Infinity) || 0);
  const holds = seen.holds?.holds ?? [];
  const many = items.length + holds.length;
  return panel("Needs attention", { flush: true, aside: many > 0 && badge(number(many), items.some((one) => one.kind === "bad") ? "bad" : "warn") },
    many === 0 ? empty("Nothing: no alert, no problem, no early warning, no hold.") : h("ul", { class: "list" },
      items.slice(0, SHOWN).map((one) => h("li", { key: one.key },
        h("div", { class: "row" }, h("span", {}, badge(one.word, one.kind), " ", one.name && h("b", {}, one.name), " ", one.subject), one.since && h("span", { class: "hint" }, "since " + relative(one.since))),
        h("div", {}, one.to ? h("a", { href: one.to }, one.text) : one.text))),
      items.length > SHOWN && h("li", { key: "more" }, h("a", { href: "#/alerts" }, number(items.length - SHOWN) + " more in Alerts")),
      holds.slice(0, HOLDS_SHOWN).map((hold) => h("li", { key: "hold " + hold.id },
        h("div", { class: "row" }, h("span", {}, badge(heldUntil(hold), "warn"), " ", h("b", {}, hold.kind + " " + hold.value)), h("span", { class: "hint" }, "since " + relative(hold.since))),
        h("div", {}, h("a", { href: "#/pools" }, "by " + hold.by + ": " + hold.reason)))),
      holds.length > HOLDS_SHOWN && h("li", { key: "more holds" }, h("a", { href: "#/pools" }, plural(holds.length - HOLDS_SHOWN, "more hold") + " in Pools"))));
}

function heldUntil(hold) {
  return hold.state + " until " + time(hold.expires, false);
}

function poolPanel(status, holds) {
  return panel("Pools", { flush: true, aside: h("a", { href: "#/pools" }, "all") }, h("ul", { class: "list" }, status.pools.slice(0, 10).map((pool) => {
    const hold = holds.find((one) => one.kind === "pool" && one.value === pool.id);
    const healthy = pool.health === "healthy";
    return h("li", { key: pool.id },
      h("div", { class: "row" }, h("span", {}, pool.id), hold && badge(heldUntil(hold), "warn"), (!hold || !healthy) && badge(pool.health, healthy ? "good" : "bad"), h("span", { class: "hint" }, number(pool.in_flight) + " of " + number(pool.max_connections) + " conversations")),
      hold ? h("div", { class: "hint" }, "by " + hold.by + ": " + hold.reason) : pool.binding && h("div", { class: "hint" }, pool.binding));
  })));
}

function nodePanel(seen) {
  const last = {};
  (seen.system?.gauges ?? []).forEach((gauge) => { last[gauge.node + " " + gauge.name + " " + gauge.label] = [gauge.node, gauge.mean.filter((value) => value !== null).at(-1) ?? null]; });
  const nodes = [...new Set(Object.values(last).map(([node]) => node))];
  const value = (node, name) => last[node + " " + name]?.[1];
  return nodes.length === 0 ? null : panel("Nodes", { flush: true }, h("ul", { class: "list" }, nodes.map((node) => h("li", { key: node }, h("h3", {}, node), pairs([
    ["Heap in use", percent(value(node, "heap used_percent") / 100)], ["Processor", percent(value(node, "cpu system"))], ["Disk in use", percent(value(node, "disk used_percent") / 100)],
    ["Database write", millis(value(node, "database write_ms"))]])))));
}
