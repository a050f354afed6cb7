/* What happened, in words: for a screen reader always, for everyone a moment when nothing else shows it. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  let last = "";
  let timer = 0;
  let flashed = { text: "", at: -Infinity };
  const FRESH = 1500; // within so many milliseconds the view belongs to what was just said

  function say(text) {
    const live = document.getElementById("live");
    if (live) live.textContent = text;
  }

  /** A short note at the foot of the page that goes by itself. */
  function flash(text) {
    say(text);
    flashed = { text, at: performance.now() };
    let note = document.getElementById("flash");
    if (!note) {
      note = document.createElement("div");
      note.id = "flash";
      note.setAttribute("aria-hidden", "true"); // the live region has said it
      document.body.append(note);
    }
    note.textContent = text;
    note.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(() => note.classList.remove("shown"), 2600);
  }

  /** The new view, once the panel has followed. */
  function view() {
    const heading = document.querySelector("#panel-body h2");
    const shown = document.querySelector("#panel-body .shown span");
    const count = document.querySelector("#toolbar .count");
    const text = [heading, shown, count].map((part) => part && part.textContent.replace(/\.$/, "")).filter(Boolean).join(". ");
    const before = performance.now() - flashed.at < FRESH ? flashed.text + " " : "";
    if (text && text !== last) say(before + text);
    last = text;
  }

  root.announce = { say, flash, view };
})();
