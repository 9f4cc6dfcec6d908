// Charts as SVG. What a chart shows can be read with the arrow keys and stands as a table below it, too.

import { h, show, svg } from "./dom.js";
import { short, time } from "./format.js";

const HEIGHT = 190;
const LEFT = 42;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

/** A small line without axes. Null is a gap. */
export function spark(values, colour, label) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(1e-9, ...known);
  let path = "";
  values.forEach((value, index) => {
    if (value !== null) {
      path += (index === 0 || values[index - 1] === null ? "M" : "L") + (values.length > 1 ? 100 * index / (values.length - 1) : 0).toFixed(1) + " " + (20 - 18 * value / top).toFixed(1);
    }
  });
  return svg("svg", { viewBox: "0 0 100 22", preserveAspectRatio: "none", class: colour, role: "img", "aria-label": label }, svg("path", { d: path, class: "spark", "vector-effect": "non-scaling-stroke" }));
}

/** A round number at least as large, of which ticks are quarters or halves. */
function ceiling(value) {
  if (!(value > 0)) {
    return 1;
  }
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((step) => step * size).find((top) => top >= value * 0.999);
}

function position(index, count, width) {
  return LEFT + (width - LEFT - RIGHT) * (index + 0.5) / count;
}

/** Where nothing is known, the ground is grey. */
function gaps(data, width) {
  const marks = [];
  const slot = (width - LEFT - RIGHT) / data.times.length;
  const unknown = (index) => index < data.times.length && data.series.every((one) => one.values[index] === null);
  for (let index = 0; index < data.times.length; index++) {
    let end = index;
    while (unknown(end)) {
      end++;
    }
    if (end > index) {
      const wide = (end - index) * slot;
      marks.push(svg("rect", { class: "gap", x: (LEFT + index * slot).toFixed(1), y: TOP, width: wide.toFixed(1), height: HEIGHT - TOP - BOTTOM }));
      if (wide > 110) {
        marks.push(svg("text", { class: "tick", x: (LEFT + index * slot + wide / 2).toFixed(1), y: (HEIGHT - BOTTOM + TOP) / 2 + 4, "text-anchor": "middle" }, "no samples"));
      }
      index = end;
    }
  }
  return marks;
}

function stacks(data, top, width) {
  const marks = gaps(data, width);
  const slot = (width - LEFT - RIGHT) / data.times.length;
  const thick = Math.max(1, slot > 5 ? slot - Math.min(2, slot * 0.25) : slot * 0.8);
  const scale = (HEIGHT - TOP - BOTTOM) / top;
  data.times.forEach((at, index) => {
    const x = position(index, data.times.length, width) - thick / 2;
    let y = HEIGHT - BOTTOM;
    data.series.forEach((one) => {
      const high = (one.values[index] ?? 0) * scale;
      if (high > 0) {
        y -= high;
        marks.push(svg("rect", { class: "mark " + one.colour, x: x.toFixed(1), y: y.toFixed(2), width: thick.toFixed(1), height: Math.max(0.6, high).toFixed(2) }));
      }
    });
  });
  return marks;
}

/** A value without neighbours is a dot, which has to be seen. */
function alone(values) {
  return values.filter((value) => value !== null).length < 3;
}

function lines(data, top, width) {
  return data.series.map((one) => {
    let path = "";
    one.values.forEach((value, index) => {
      if (value !== null) {
        const y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
        path += (index === 0 || one.values[index - 1] === null ? "M" : "L") + position(index, data.times.length, width).toFixed(1) + " " + y.toFixed(1);
        if ((index === 0 || one.values[index - 1] === null) && (one.values[index + 1] ?? null) === null) {
          path += "h0.1";
        }
      }
    });
    return svg("path", { d: path, class: "path " + one.colour, "stroke-linecap": "round", "stroke-width": alone(one.values) ? 5 : 1.8 });
  });
}

function axes(data, top, width, format) {
  const marks = [0, 0.5, 1].map((share) => {
    const y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    return [svg("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: y, y2: y }), svg("text", { class: "tick", x: LEFT - 6, y: y + 4, "text-anchor": "end" }, format(top * share))];
  });
  const count = Math.max(2, Math.min(6, Math.floor(width / 130)));
  const long = data.times.length > 1 && Date.parse(data.times.at(-1)) - Date.parse(data.times[0]) > 26 * 3600_000;
  for (let n = 0; n < count; n++) {
    const index = Math.round((data.times.length - 1) * n / (count - 1));
    const at = new Date(data.times[index]);
    const text = long ? String(at.getMonth() + 1).padStart(2, "0") + "-" + String(at.getDate()).padStart(2, "0") + " " + String(at.getHours()).padStart(2, "0") + "h"
      : String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
    marks.push(svg("text", { class: "tick", x: position(index, data.times.length, width).toFixed(1), y: HEIGHT - 6, "text-anchor": n === 0 ? "start" : n === count - 1 ? "end" : "middle" }, text));
  }
  return marks;
}

/**
 * @param label   what it shows, in a sentence
 * @param data    `times`, and `series` with `name`, `colour`, `values`; null where nothing is known
 * @param options `kind` bars or lines; `format` of a value
 */
export function chart(label, data, options) {
  const format = options.format ?? short;
  if (data.times.length === 0) {
    return h("p", { class: "empty" }, "No sample yet: one is taken every minute.");
  }
  const one = new Chart(label, data, options.kind, format);
  one.root.renew = (wanted) => one.renew(wanted.data);
  return one.root;
}

class Chart {
  constructor(label, data, kind, format) {
    Object.assign(this, { label, data, kind, format, at: data.times.length - 1 });
    this.picture = svg("svg", { "aria-hidden": "true" });
    this.cursor = svg("line", { class: "cursor", y1: TOP, y2: HEIGHT - BOTTOM, visibility: "hidden" });
    this.tip = h("div", { class: "tip", role: "status", hidden: true });
    this.box = h("div", { class: "chart", tabindex: "0", role: "group", "aria-roledescription": "chart", "aria-label": label + " The arrow keys read it.",
      on: { pointermove: (event) => this.pointed(event), pointerleave: () => this.hide(), blur: () => this.hide(), keydown: (event) => this.typed(event) } }, this.picture, this.tip);
    this.below = h("div", {});
    this.root = h("div", { class: "stack", key: "chart " + label }, this.box, this.below);
    this.root.data = data;
    new ResizeObserver(() => this.draw()).observe(this.box);
    this.draw();
  }

  renew(data) {
    this.data = data;
    this.at = Math.min(this.at, data.times.length - 1);
    this.draw();
    if (!this.tip.hidden) {
      this.point(this.at);
    }
  }

  width() {
    return Math.max(220, this.box.clientWidth || 600);
  }

  draw() {
    const { data, kind } = this;
    const sums = data.times.map((at, index) => data.series.reduce((sum, one) => kind === "bars" ? sum + (one.values[index] ?? 0) : Math.max(sum, one.values[index] ?? 0), 0));
    const top = ceiling(Math.max(0, ...sums));
    const width = this.width();
    this.picture.setAttribute("viewBox", "0 0 " + width + " " + HEIGHT);
    this.picture.setAttribute("height", HEIGHT);
    this.picture.replaceChildren(...[axes(data, top, width, this.format), kind === "bars" ? stacks(data, top, width) : lines(data, top, width), this.cursor].flat(3));
    show(this.below, h("div", { class: "legend" }, data.series.map((one) => h("span", {}, h("i", { class: "dot " + one.colour }), one.name))), numbers(this.label, data, this.format));
  }

  point(index) {
    const { data } = this;
    this.at = Math.max(0, Math.min(data.times.length - 1, index));
    const x = position(this.at, data.times.length, this.width());
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    this.cursor.setAttribute("visibility", "visible");
    this.tip.hidden = false;
    show(this.tip, h("b", {}, time(data.times[this.at], false)), data.series.map((one) => h("div", { class: "row" },
      h("span", { class: "legend" }, h("span", {}, h("i", { class: "dot " + one.colour }), one.name)), h("span", {}, one.values[this.at] === null ? "not known" : this.format(one.values[this.at])))));
    const right = x + 10 + this.tip.offsetWidth > this.width();
    this.tip.style.left = Math.max(0, right ? x - 10 - this.tip.offsetWidth : x + 10) + "px";
  }

  hide() {
    this.tip.hidden = true;
    this.cursor.setAttribute("visibility", "hidden");
  }

  pointed(event) {
    const across = (event.clientX - this.box.getBoundingClientRect().left - LEFT) / (this.width() - LEFT - RIGHT);
    this.point(Math.floor(across * this.data.times.length));
  }

  typed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.point(this.tip.hidden ? this.at : this.at + step);
    }
  }
}

function numbers(label, data, format) {
  const rows = [...data.times.keys()].reverse().slice(0, 60);
  return h("details", {}, h("summary", {}, "As a table"), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label + " As a table." },
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Time"), data.series.map((one) => h("th", { scope: "col", class: "num" }, one.name)))),
      h("tbody", {}, rows.map((index) => h("tr", {}, h("td", {}, time(data.times[index], false)), data.series.map((one) => h("td", { class: "num" }, one.values[index] === null ? "not known" : format(one.values[index])))))))));
}
