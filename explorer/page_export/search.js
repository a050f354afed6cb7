/* The search box: a combobox as WAI-ARIA describes it, over the terms of this page. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const { make } = root.dom;
  const MOST = 12;
  const byId = (id) => document.getElementById(id);
  let indexed = [];
  let hits = [];
  let active = -1;

  function start(book, select, say) {
    const input = byId("search");
    const list = byId("suggestions");
    const nothing = byId("nothing-found");
    indexed = root.find.index(book.terms);

    function ask() {
      const words = input.value.trim();
      if (!words) return close();
      hits = root.find.find(indexed, words, MOST);
      activate(-1);
      list.replaceChildren(...hits.map((hit, order) => option(book.terms[hit.place], hit.why, order)));
      list.hidden = !hits.length;
      nothing.hidden = hits.length > 0;
      nothing.textContent = `Nothing found for “${words}”.`;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      say(hits.length ? root.panel.count(hits.length, "suggestion") + "." : nothing.textContent);
    }

    function close() {
      list.hidden = nothing.hidden = true;
      input.setAttribute("aria-expanded", "false");
      activate(-1);
    }

    function activate(order) {
      active = order;
      const options = [...list.children];
      options.forEach((one, place) => one.setAttribute("aria-selected", String(place === order)));
      if (order < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[order].id);
      options[order].scrollIntoView({ block: "nearest" });
    }

    function choose(order) {
      const { place } = hits[order];
      input.value = "";
      close();
      input.blur();
      select(place);
      byId("map-box").focus({ preventScroll: true });
    }

    function onKey(event) {
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return void ask();
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate(active < 0 && step < 0 ? hits.length - 1 : (active + step + hits.length) % hits.length);
      } else if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        if (open && hits.length) choose(Math.max(active, 0));
      } else if (event.key === "Escape") {
        event.stopPropagation();
        if (open || !nothing.hidden) close();
        else if (input.value) input.value = "";
        else input.blur();
      }
    }

    input.addEventListener("input", ask);
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", close);
    // The box keeps the cursor, or blur would close the list before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const one = event.target.closest("[role=option]");
      if (one) choose([...list.children].indexOf(one));
    });
  }

  function option(term, why, order) {
    const head = make(
      "span",
      { class: "head" },
      make("span", { class: "term-name" }, term.name),
      why ? make("span", { class: "why" }, why) : null,
      term.category.name ? make("span", { class: "category" }, term.category.name) : null,
    );
    const words = term.text ? make("span", { class: "first-words" }, term.text.slice(0, 200)) : null;
    return make("li", { id: "suggestion-" + order, role: "option", "aria-selected": "false" }, head, words);
  }

  root.search = { start };
})();
