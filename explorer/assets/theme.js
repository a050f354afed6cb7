/* Light or dark: the reader's choice if there is one, else the system's. Runs in the head, before anything is
   painted; the rest of the page learns of it through the `theme` store. */
(function () {
  "use strict";

  const KEY = "conceptmap-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden; then the system decides
    }
  }

  function current() {
    const choice = chosen();
    return choice === "light" || choice === "dark" ? choice : system.matches ? "dark" : "light";
  }

  function paint(theme) {
    document.documentElement.dataset.theme = theme;
  }

  function apply(theme) {
    paint(theme);
    if (window.dash_clientside) window.dash_clientside.set_props("theme", { data: theme });
  }

  function toggle() {
    const theme = current() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // not remembered, still applied
    }
    apply(theme);
    return theme;
  }

  system.addEventListener("change", () => apply(current()));
  paint(current());
  const root = (window.conceptmap = window.conceptmap || {});
  root.theme = { current, apply, toggle };
})();
