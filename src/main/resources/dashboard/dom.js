// Elements are made by hand and texts are set as texts: nothing that comes from a message is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";
const handlers = new WeakMap();

function dispatch(event) {
  const handler = handlers.get(event.currentTarget)?.[event.type];
  if (handler) {
    handler(event);
  }
}

function listen(node, on) {
  const known = handlers.get(node) ?? {};
  Object.keys(on).filter((type) => !(type in known)).forEach((type) => node.addEventListener(type, dispatch));
  handlers.set(node, on);
}

function fill(node, attributes, children) {
  const on = {};
  Object.entries(attributes ?? {}).forEach(([name, value]) => {
    if (name === "on") {
      Object.assign(on, value);
    } else if (name === "value" && node instanceof HTMLElement) {
      node.value = value ?? "";
      node.setAttribute("value", value ?? "");
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  });
  if (Object.keys(on).length > 0) {
    listen(node, on);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "").map((child) => child instanceof Node ? child : String(child)));
  return node;
}

/** An element. `on` holds its listeners by type; `key` names it among its siblings, so that it stays the same when what is around it changes. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Makes the children of an element those given, and keeps what is the same: focus, selection, opened details and scrolling stay as they are. */
export function show(parent, ...children) {
  const wanted = document.createElement("div");
  fill(wanted, {}, children);
  morphChildren(parent, wanted);
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute("key") : null;
}

function morphChildren(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.childNodes) {
    const key = keyOf(child);
    if (key !== null) {
      keyed.set(key, child);
    }
  }
  let at = parent.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    let same = key !== null ? keyed.get(key) : at !== null && keyOf(at) === null ? at : null;
    if (same && same.nodeName !== next.nodeName) {
      same = null;
    }
    if (!same) {
      parent.insertBefore(next, at);
      continue;
    }
    if (same === at) {
      at = at.nextSibling;
    } else {
      parent.insertBefore(same, at);
    }
    morph(same, next);
  }
  while (at !== null) {
    const after = at.nextSibling;
    at.remove();
    at = after;
  }
}

function morph(node, wanted) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== wanted.data) {
      node.data = wanted.data;
    }
    return;
  }
  if (node.renew && wanted.renew) {
    node.renew(wanted);
    return;
  }
  const keepsOpen = node.nodeName === "DETAILS";
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && !(keepsOpen && name === "open") && name !== "style") {
      node.removeAttribute(name);
    }
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }
  if (wanted.style && wanted.style.cssText !== node.style.cssText) {
    node.style.cssText = wanted.style.cssText;
  }
  const on = handlers.get(wanted);
  if (on) {
    listen(node, on);
  } else if (handlers.has(node)) {
    handlers.set(node, {});
  }
  if (node.nodeName === "INPUT" || node.nodeName === "SELECT" || node.nodeName === "TEXTAREA") {
    // What somebody types is theirs.
    if (node.nodeName === "SELECT" && document.activeElement !== node) {
      morphChildren(node, wanted);
    }
    return;
  }
  morphChildren(node, wanted);
}
