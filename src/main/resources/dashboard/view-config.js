import { h, show } from "./dom.js";
import { number } from "./format.js";
import { badge, choices, panel, table } from "./parts.js";

const KINDS = { file: "good", environment: "warn", default: "" };

export function open(view) {
  const only = view.query.only === "set" ? "set" : "all";
  let text = "";
  let seen = null;
  const draw = () => seen && show(view.place, page(view, seen, only, text, (typed) => {
    text = typed.toLowerCase();
    draw();
  }));
  view.watch(60_000, () => ({ config: "/v1/config" }), ({ config }) => {
    seen = config;
    draw();
  });
}

function page(view, config, only, text, typed) {
  const rows = config.values.filter((one) => (only === "all" || one.source !== "default") && (one.key + " " + one.value).toLowerCase().includes(text));
  const aside = choices("Which values", { all: "All", set: "Set by somebody" }, only, (next) => view.go({ only: next === "set" ? "set" : "" }));
  return panel("Configuration in force", { flush: true, aside }, h("div", { class: "filter" }, h("label", { key: "find" }, "Find", h("input", { type: "search", on: { input: (event) => typed(event.currentTarget.value) } })),
    h("span", { class: "hint" }, number(rows.length) + " of " + number(config.values.length) + " values; node " + config.node)),
  table([
    { title: "Key", head: true, cell: (one) => h("span", { class: "mono" }, one.key) },
    { title: "Value", class: "text", cell: (one) => h("span", { class: "mono" }, one.value === null ? "not set" : one.value === "" ? "none" : one.value) },
    { title: "From", cell: (one) => [badge(one.source, KINDS[one.source]), h("span", { class: "hint nowrap", title: one.place }, one.place?.split("/").at(-1))] },
    { title: "Meaning", class: "text", cell: (one) => h("span", { class: "hint" }, one.meaning) },
  ], rows, { label: "Configuration in force", key: (one) => one.key, none: "No value matches." }));
}
