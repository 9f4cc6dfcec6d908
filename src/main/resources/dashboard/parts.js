// What views are made of.

import { h } from "./dom.js";
import { NONE, number } from "./format.js";

/** @param options `wide`, `narrow` or `half` as `size`; `aside` behind the title; `flush` without an edge around the content */
export function panel(title, options, ...content) {
  const { size, aside, flush, key } = options ?? {};
  return h("section", { class: "panel " + (size ?? ""), key: key ?? title, "aria-label": title },
    h("header", {}, h("h2", {}, title), aside && h("div", { class: "push row" }, aside)), h("div", { class: flush ? "flush" : "body" }, content));
}

export function badge(text, kind) {
  return h("span", { class: "badge " + (kind ?? "") }, text);
}

export function empty(text) {
  return h("p", { class: "empty" }, text);
}

export function notice(kind, ...content) {
  return h("div", { class: "notice " + kind }, content);
}

export function button(text, act, options) {
  const { kind, label, disabled, key } = options ?? {};
  return h("button", { type: "button", class: kind, "aria-label": label, disabled, key, on: { click: act } }, text);
}

/** Of a few words one is chosen. */
export function choices(label, words, chosen, choose) {
  return h("div", { class: "choices", role: "group", "aria-label": label },
    Object.entries(words).map(([id, text]) => h("button", { type: "button", "aria-pressed": String(id === chosen), key: id, on: { click: () => choose(id) } }, text)));
}

/**
 * @param columns each with `title`, `cell(row)`, and `class` (num, text, nowrap, actions), `head` for the one that names the row
 * @param options `label` for who does not see it, `key(row)`, `none` where there are no rows
 */
export function table(columns, rows, options) {
  if (rows.length === 0) {
    return empty(options.none ?? "Nothing.");
  }
  const head = h("tr", {}, columns.map((column) => column.class === "actions" ? h("td", {}, h("span", { class: "unseen" }, "Actions")) : h("th", { scope: "col", class: column.class }, column.title)));
  const body = rows.map((row, index) => h("tr", { key: options.key ? options.key(row) : index }, columns.map((column) => {
    const content = column.cell(row);
    const none = content === null || content === undefined || content === "" || content === NONE;
    return h(column.head ? "th" : "td", { scope: column.head ? "row" : null, class: (column.class ?? "") + (none ? " none" : ""), "data-label": column.title }, h("div", { class: "in" }, content));
  })));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": options.label }, h("table", { class: options.cards === false ? "" : "cards" }, h("thead", {}, head), h("tbody", {}, body)));
}

export function pairs(entries) {
  return h("dl", { class: "pairs" }, entries.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** A bar of shares, each with its colour's class. The numbers have to stand beside it. */
export function bar(shares) {
  const total = shares.reduce((sum, [, value]) => sum + value, 0);
  return h("div", { class: "bar", "aria-hidden": "true" }, total > 0 && shares.filter(([, value]) => value > 0).map(([colour, value]) => {
    const one = h("i", { class: colour });
    one.style.width = (100 * value / total) + "%";
    return one;
  }));
}

/**
 * @param fields each with `name`, `label`, and `choices` or `type`
 * @param values by name
 * @param apply is given the values when they are to be used
 */
export function filterForm(fields, values, apply) {
  const submit = (event) => {
    event.preventDefault();
    apply(Object.fromEntries([...new FormData(event.currentTarget)].filter(([, value]) => value !== "")));
  };
  return h("form", { class: "filter", on: { submit }, role: "search" },
    fields.map((field) => h("label", { key: field.name }, field.label, field.choices
      ? h("select", { name: field.name }, ["", ...field.choices].map((choice) => h("option", { value: choice, selected: (values[field.name] ?? "") === choice }, choice === "" ? "any" : choice)))
      : h("input", { name: field.name, type: field.type ?? "text", value: values[field.name] ?? "", placeholder: field.placeholder, autocomplete: "off", spellcheck: "false" }))),
    h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, "Filter"), Object.keys(values).length > 0 && button("Clear", () => apply({}))));
}

export function pager(offset, limit, total, turn) {
  if (total <= limit && offset === 0) {
    return null;
  }
  return h("div", { class: "pager" }, button("Previous", () => turn(Math.max(0, offset - limit)), { disabled: offset === 0 }),
    h("span", {}, number(offset + 1) + " to " + number(Math.min(offset + limit, total)) + " of " + number(total)),
    button("Next", () => turn(offset + limit), { disabled: offset + limit >= total }));
}
