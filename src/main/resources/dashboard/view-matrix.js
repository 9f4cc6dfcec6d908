import { act, details } from "./actions.js";
import { call, part, path } from "./api.js";
import { h, show } from "./dom.js";
import { decimal, lasting, number, relative, time } from "./format.js";
import { badge, button, choices, empty, pairs, panel } from "./parts.js";

/** What the API gives where the provider sets none. */
const NO_LIMIT = 1_000_000;

export function open(view) {
  const all = view.query.all === "true";
  const seen = { matrix: null, holds: null };
  const draw = () => seen.matrix && show(view.place, page(view, seen, all));
  view.watch(4000, () => ({ matrix: path("/v1/matrix", { all: all ? "true" : null }), reactions: "/v1/reactions", warnings: "/v1/warnings" }), (answers) => {
    Object.assign(seen, answers);
    draw();
  });
  view.watch(4000, () => ({ holds: "/v1/holds" }), (answers) => {
    Object.assign(seen, answers);
    draw();
  }, { beside: true });
}

/** All that holds a pair back, each in a word with its colour, its end and why: what lets nothing through first, and of that what lasts longest. */
function causes(seen, cell) {
  const out = (seen.holds?.holds ?? []).filter((hold) => (hold.kind === "pool" && hold.value === cell.pool) || (hold.kind === "provider" && hold.value === cell.provider))
    .map((hold) => ({ word: hold.state, kind: "warn", until: hold.expires, why: hold.kind + " " + hold.value + " is held by " + hold.by + ": " + hold.reason }));
  if (cell.ceiling?.halted_until) {
    out.push({ word: "halted", kind: "bad", until: cell.ceiling.halted_until, why: cell.ceiling.why });
  }
  out.sort((a, b) => Date.parse(b.until) - Date.parse(a.until));
  if (cell.ceiling && !cell.ceiling.halted_until) {
    const ends = [...ofPair(seen.reactions.reactions, cell).map((one) => one.step_until), ...ofPair(seen.warnings.warnings, cell).map((one) => one.end)].filter((end) => end);
    out.push({ word: "throttled", kind: "warn", until: ends.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null, why: cell.ceiling.why });
  }
  return out.length === 0 && cell.binding ? [{ word: "no room", kind: "warn", until: null, why: cell.binding }] : out;
}

/** What holds a pair back, in the word of what lasts longest. */
function state(seen, cell) {
  const all = causes(seen, cell);
  const { word, until } = all[0] ?? { word: "free", until: null };
  return { word, until, all, kind: all.some((one) => one.kind === "bad") ? "bad" : all[0]?.kind ?? "good" };
}

function ends(cause) {
  return cause.word + (cause.until ? " until " + time(cause.until, false) : "");
}

function ofPair(rows, cell) {
  return rows.filter((one) => one.provider === cell.provider && one.pool === cell.pool);
}

function page(view, seen, all) {
  const { pools, cells } = seen.matrix;
  const providers = [...new Set(cells.map((cell) => cell.provider))];
  const held = cells.filter((cell) => state(seen, cell).word !== "free").length;
  const aside = [h("span", { class: "hint" }, number(held) + " of " + number(cells.length) + " held back"),
    choices("Which providers", { some: "In use", all: "All" }, all ? "all" : "some", (one) => view.go({ all: one === "all" ? "true" : "" }))];
  const body = cells.length === 0 ? empty("No mail yet, and nothing is held back.")
    : h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Providers and pools" }, h("table", { class: "matrix cards" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Provider"), pools.map((pool) => h("th", { scope: "col" }, pool)))),
      h("tbody", {}, providers.map((provider) => h("tr", { key: provider }, h("th", { scope: "row" }, provider),
        pools.map((pool) => h("td", { "data-label": pool, key: pool }, cellButton(seen, cells.find((one) => one.provider === provider && one.pool === pool)))))))));
  return panel("Providers and pools", { flush: true, aside }, body);
}

function cellButton(seen, cell) {
  if (!cell) {
    return h("span", { class: "hint" }, "no mail");
  }
  const now = state(seen, cell);
  const why = now.all.length > 1 ? now.all.map(ends).join(", ") : now.all[0]?.why || cell.binding;
  return h("button", { type: "button", class: "cell c-" + now.kind, on: { click: () => explain(seen, cell) }, "aria-label": cell.pool + " to " + cell.provider + ": " + (now.all.map(ends).join(", ") || now.word) + ". Details" },
    h("span", { class: "row" }, h("b", {}, cell.score.toFixed(2)), now.word !== "free" && badge(ends(now), now.kind)),
    h("span", { class: "why" }, limits(cell)), now.word !== "free" && h("span", { class: "why" }, why));
}

function limits(cell) {
  const rate = cell.ceiling?.per_second;
  const most = Math.min(cell.max_connections, cell.ceiling?.connections ?? cell.max_connections);
  return number(cell.in_flight) + (most < NO_LIMIT ? " of " + number(most) : "") + " conversations"
    + (typeof rate === "number" ? ", at most " + (rate < 1 ? decimal(rate * 60) + "/min" : decimal(rate) + "/s") : "");
}

function explain(seen, cell) {
  const { word, kind, until, all } = state(seen, cell);
  const reactions = ofPair(seen.reactions.reactions, cell);
  const warnings = ofPair(seen.warnings.warnings, cell);
  const told = all.some((one) => (one.why ?? "").includes(cell.binding)) || (seen.holds?.holds ?? []).some((hold) => hold.kind === "pool" && hold.value === cell.pool);
  const dialog = details(cell.pool + " to " + cell.provider, pairs([
    ["Now", badge(word, kind)], ["Until", until && time(until) + " (" + relative(until) + ")"], ...all.map((one) => [all.length > 1 ? ends(one) : "Why", one.why]), ["The next message", cell.binding && !told ? "waits: " + cell.binding : null],
    ["Reputation", decimal(cell.score) + ", of " + number(cell.accepted) + " accepted lately"], ["Limits", limits(cell)],
    ["A connection", cell.ceiling?.messages_per_connection && number(cell.ceiling.messages_per_connection) + " messages"]]),
  warnings.map((one) => h("p", { class: "notice warn" }, h("b", {}, one.kind), " ", one.cause, ", ", decimal(one.share * 100), " % of the usual volume until ", time(one.end))),
  reactions.map((one) => h("div", { class: "notice " + kind }, h("p", {}, h("b", {}, one.rule), ": ", one.now, " since ", time(one.start), ", over at ", time(one.end), " (", lasting((Date.parse(one.end) - Date.now()) / 1000), ")"),
    one.recovery.length > 0 && h("p", { class: "hint" }, "then back by ", one.recovery.join(", ")),
    button("Lift it", () => { dialog.close(); lift(one); }, { kind: "small", label: "Lift the reaction " + one.rule }))),
  h("p", {}, h("a", { href: "#/deferred?" + new URLSearchParams({ provider: cell.provider, pool: cell.pool }), on: { click: () => dialog.close() } }, "What waits for this pair")));
}

function lift(one) {
  act({
    title: "Lift " + one.rule, verb: "Lift it", danger: true,
    what: one.pool + " sends to " + one.provider + " as before, on all nodes, within two seconds. The provider asked to be left alone until " + time(one.hold_until) + ": " + one.cause,
    run: async ({ reason }) => {
      await call("POST", path("/v1/reactions/" + part(one.id) + "/lift", { reason }));
      return "The reaction " + one.rule + " of " + one.pool + " to " + one.provider + " was lifted.";
    },
  });
}
