// What changes something: said beforehand, done with a reason, and its answer shown.

import { ApiError } from "./api.js";
import { h, show } from "./dom.js";
import { refresh } from "./live.js";

let counter = 0;

/** Says something to those who do not see the page, too. */
export function announce(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  live.textContent = text;
}

function open(dialog, after) {
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus();
    }
    after?.();
  });
  dialog.showModal();
}

function input(field, id) {
  if (field.choices) {
    return h("select", { id, name: field.name }, field.choices.map((choice) => h("option", { value: choice, selected: choice === field.value }, choice)));
  }
  return h("input", { id, name: field.name, type: field.type ?? "text", value: field.value ?? "", required: field.required, maxlength: field.longest ?? 500, placeholder: field.placeholder, autocomplete: "off" });
}

/**
 * @param title what it does and to what
 * @param what  in a sentence, what will come of it
 * @param fields beside the reason, which is always asked for unless `reason` is false
 * @param run   is given the values and returns what is to be said when it is done
 */
export function act({ title, what, fields = [], reason = true, verb, danger, run }) {
  const id = "act" + ++counter;
  const asked = reason ? [...fields, { name: "reason", label: "Reason, for the audit log", required: true }] : fields;
  const problem = h("div", { role: "alert" });
  const done = h("button", { type: "submit", class: danger ? "danger" : "main" }, verb ?? title);
  const dialog = h("dialog", { "aria-labelledby": id });
  const submit = async (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, value.trim()]));
    done.disabled = true;
    show(problem);
    try {
      const said = await run(values);
      dialog.close();
      announce(said);
      toast(said);
      refresh();
    } catch (error) {
      show(problem, fault(error));
      if (!dialog.open) {
        announce(title + ": " + error.message);
        toast(title + ": " + error.message, "bad");
      }
    } finally {
      done.disabled = false;
    }
  };
  dialog.append(h("form", { on: { submit } }, h("h2", { id }, title), h("p", {}, what),
    asked.map((field) => h("label", { for: id + field.name }, field.label, input(field, id + field.name))), problem,
    h("div", { class: "end" }, h("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"), done)));
  open(dialog);
  dialog.querySelector("input, select")?.focus();
}

/** Of what is no longer shown: where one goes elsewhere, what was asked there is not done. The key is asked for everywhere. */
export function closeDialogs() {
  document.querySelectorAll("dialog[open]:not(.key)").forEach((dialog) => dialog.close());
}

/** Something to read. */
export function details(title, ...content) {
  const id = "details" + ++counter;
  const dialog = h("dialog", { "aria-labelledby": id });
  dialog.append(h("div", { class: "inside" }, h("h2", { id }, title), content, h("div", { class: "end" }, h("button", { type: "button", on: { click: () => dialog.close() } }, "Close"))));
  open(dialog);
  return dialog;
}

/** @returns a promise of the key, or of null where none was given */
export function askForKey(problem) {
  return new Promise((resolve) => {
    let value = null;
    const id = "key" + ++counter;
    const dialog = h("dialog", { class: "key", "aria-labelledby": id });
    const submit = (event) => {
      event.preventDefault();
      value = new FormData(event.currentTarget).get("key").trim();
      dialog.close();
    };
    dialog.append(h("form", { on: { submit } }, h("h2", { id }, "API key"),
      h("p", {}, "This Dromedary asks for one of the keys in http.api-keys. It is kept in this tab until it is closed, and sent to this server only."),
      problem && h("div", { class: "notice bad", role: "alert" }, problem),
      h("label", { for: id + "in" }, "Key", h("input", { id: id + "in", name: "key", type: "password", required: true, autocomplete: "off", spellcheck: "false" })),
      h("div", { class: "end" }, h("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"), h("button", { type: "submit", class: "main" }, "Use it"))));
    open(dialog, () => resolve(value));
  });
}

/** What went wrong, with its code. */
export function fault(error) {
  const code = error instanceof ApiError ? error.code : "PAGE_FAULT";
  return h("div", { class: "notice bad" }, h("b", {}, code), " ", error instanceof ApiError && error.status > 0 ? "(" + error.status + ") " : "", error.message);
}

function toast(text, kind = "good") {
  const node = document.getElementById("said") ?? document.getElementById("main").insertBefore(h("div", { id: "said" }), document.getElementById("view"));
  node.className = "notice " + kind;
  node.replaceChildren(text);
  setTimeout(() => node.textContent === text && node.remove(), 8000);
}
