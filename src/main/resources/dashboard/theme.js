// Dark or light: as the system has it, or as was chosen. Loaded before anything is painted.

const KEY = "dromedary.theme";

export function theme() {
  return document.documentElement.dataset.theme;
}

export function toggleTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, next);
  apply();
}

function apply() {
  const chosen = localStorage.getItem(KEY);
  document.documentElement.dataset.theme = chosen === "dark" || chosen === "light" ? chosen : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

apply();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
