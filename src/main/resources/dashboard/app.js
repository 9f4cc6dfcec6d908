// The frame: which view is shown, whether it is up to date, the key, and the theme.

import { announce, askForKey, closeDialogs, fault } from "./actions.js";
import { ApiError, get, keepKey, key } from "./api.js";
import { h, show } from "./dom.js";
import { lasting, number, time } from "./format.js";
import { news, poll, refresh } from "./live.js";
import { theme, toggleTheme } from "./theme.js";
import { VIEWS } from "./views.js";

const place = document.getElementById("view");
const state = document.getElementById("state");
const nav = document.getElementById("nav");
let leaving = new AbortController();
let calls = "";
let counts = {};
let freshAt = null;
let staleSince = null;

/** Whether the server has this call: parts that it lacks are left out. */
function has(path) {
  return calls.includes("\n  " + path + ":");
}

function available(view) {
  return !view.needs || has(view.needs);
}

function where() {
  const [id, query] = location.hash.replace(/^#\/?/, "").split("?");
  const known = VIEWS.find((one) => one.id === id && available(one));
  return { known: known !== undefined, view: known ?? VIEWS[0], query: Object.fromEntries(new URLSearchParams(query ?? "")) };
}

function link(id, query = {}) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "")).toString();
  return "#/" + id + (text ? "?" + text : "");
}

function drawNav() {
  const current = where().view.id;
  const groups = [...new Set(VIEWS.map((view) => view.group))];
  show(nav, groups.map((group) => [h("h2", { key: group }, group), VIEWS.filter((view) => view.group === group && available(view)).map((view) => {
    const [count, kind] = view.count?.(counts) ?? [0, ""];
    return h("a", { key: view.id, href: link(view.id), "aria-current": view.id === current ? "page" : null }, view.title, count > 0 && h("span", { class: "count " + kind }, number(count)));
  })]));
}

function enter(moved) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  if (location.hash.length > 2 && !where().known) {
    history.replaceState(null, "", link(VIEWS[0].id));
  }
  const { view, query } = where();
  document.title = view.title + " · Dromedary";
  document.getElementById("title").textContent = view.title;
  document.getElementById("said")?.remove();
  closeMenu();
  drawNav();
  const content = h("div", { class: "stack" });
  const answered = new Set();
  place.replaceChildren(h("p", { class: "lede" }, view.lede), content);
  view.open({
    query, signal, has, link, place: content,
    go: (next) => { location.hash = link(view.id, next); },
    /** Asks for some calls again and again: `ask` names them, `told` is given their answers by the same names. What is `beside` the rest does not take its place where it fails. */
    watch: (period, ask, told, { beside } = {}) => poll({
      period, signal,
      told: (answers) => {
        answered.add(told);
        told(answers);
      },
      ask: async (ended) => Object.fromEntries(await Promise.all(Object.entries(ask()).filter(([, one]) => one).map(async ([name, one]) => [name, await get(one, ended)]))),
      failed: (error) => error.status !== 401 && !beside && !answered.has(told) && show(content, fault(error), Object.keys(query).length > 0 && h("a", { href: link(view.id) }, "Without the filter")),
    }),
  });
  if (moved) {
    document.getElementById("main").focus({ preventScroll: true });
    scrollTo(0, 0);
    announce(view.title);
  }
}

function drawState() {
  if (staleSince !== null) {
    state.dataset.state = "stale";
    state.textContent = "stale since " + time(staleSince);
  } else if (freshAt !== null) {
    state.dataset.state = "live";
    state.textContent = document.hidden ? "paused" : "live";
    state.title = "last answer " + lasting((Date.now() - freshAt) / 1000) + " ago";
  }
}

news.fresh = () => {
  if (staleSince !== null) {
    announce("The server answers again.");
  }
  freshAt = Date.now();
  staleSince = null;
  drawState();
};

let asking = false;
news.failed = async (error) => {
  if (error.status === 401) {
    if (!asking) {
      asking = true;
      await signIn(key() ? "That key is not known." : null);
      asking = false;
    }
  } else if (error.status === 0 || error.status >= 500) {
    if (staleSince === null) {
      staleSince = freshAt ?? Date.now();
      announce("The server cannot be reached. What is shown is of " + time(staleSince) + ".");
    }
    drawState();
  }
};

async function signIn(problem) {
  const given = await askForKey(problem);
  if (given !== null) {
    keepKey(given);
    drawKey();
    begin();
  }
}

function drawKey() {
  const button = document.getElementById("key");
  button.textContent = key() ? "Forget key" : "Key";
}

function drawTheme() {
  document.getElementById("theme").textContent = theme() === "dark" ? "Light" : "Dark";
  document.getElementById("theme").setAttribute("aria-label", "Change to the " + (theme() === "dark" ? "light" : "dark") + " theme");
}

function closeMenu() {
  nav.classList.remove("open");
  document.getElementById("menu").setAttribute("aria-expanded", "false");
}

async function loadCalls() {
  const headers = key() ? { Authorization: "Bearer " + key() } : {};
  const answer = await fetch("/v1/openapi.yaml", { headers, credentials: "omit" });
  if (!answer.ok) {
    throw new ApiError(answer.status, "UNAUTHENTICATED", "");
  }
  calls = await answer.text();
}

/** Which calls there are is asked for once; then the view is opened, and counts beside the names of views follow. */
async function begin() {
  try {
    await loadCalls();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      show(place, h("div", { class: "notice" }, "Nothing is shown without a key. ", h("button", { type: "button", on: { click: () => signIn(null) } }, "Enter the key")));
      return news.failed(error);
    }
    staleSince ??= Date.now();
    drawState();
    show(place, fault(error instanceof ApiError ? error : new ApiError(0, "UNREACHABLE", "The server cannot be reached; trying again.")));
    setTimeout(begin, 5000);
    return undefined;
  }
  enter(false);
  return undefined;
}

function watchCounts() {
  poll({
    period: 10_000, signal: new AbortController().signal, failed: () => {},
    ask: async (signal) => {
      if (calls === "") {
        return undefined;
      }
      const ask = { status: "/v1/status", throughput: "/v1/throughput", warnings: "/v1/warnings", alerts: has("/v1/alerts") ? "/v1/alerts?state=open" : null };
      return Object.fromEntries(await Promise.all(Object.entries(ask).filter(([, one]) => one).map(async ([name, one]) => [name, await get(one, signal)])));
    },
    told: (answers) => {
      counts = answers;
      document.getElementById("node").textContent = answers.throughput?.node ?? "";
      drawNav();
    },
  });
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});
document.getElementById("menu").addEventListener("click", () => {
  const open = nav.classList.toggle("open");
  document.getElementById("menu").setAttribute("aria-expanded", String(open));
});
document.getElementById("theme").addEventListener("click", () => {
  toggleTheme();
  drawTheme();
});
document.getElementById("key").addEventListener("click", () => {
  if (key()) {
    keepKey(null);
    drawKey();
    calls = "";
    leaving.abort();
    begin();
  } else {
    signIn(null);
  }
});
addEventListener("hashchange", () => {
  closeDialogs();
  if (calls !== "") {
    enter(true);
  }
});
document.addEventListener("visibilitychange", drawState);
setInterval(drawState, 5000);
drawTheme();
drawKey();
begin().then(() => {
  watchCounts();
  refresh();
});
