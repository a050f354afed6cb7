/* What the panel tells: where the terms come from and six to start with, or a term with its texts and neighbours. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const { make, draw, swatch, addressOf } = root.dom;
  const STARTING_POINTS = 6;
  const MOST_LINES = 100;
  const count = (number, one) => `${number.toLocaleString("en")} ${number === 1 ? one : one + "s"}`;

  function start(book, more) {
    const title = make("h2", { tabindex: -1 }, book.title);
    const told = `${count(book.terms.length, "term")}, ${count(book.relations.length, "relation")}.`;
    return [
      title,
      make("p", {}, told),
      book.terms.length ? make("h3", {}, "Start with") : null,
      make("ul", { class: "start-terms" }, book.terms.slice(0, STARTING_POINTS).map((term) => make("li", {}, line(term)))),
      book.sets.length ? make("h3", {}, book.sets.length === 1 ? "Term set" : "Term sets") : null,
      make("ul", { class: "sets" }, book.sets.map(source)),
      ...more,
    ];
  }

  function source(set) {
    const facts = [set.count ? count(set.count, "term") : "", set.version && "version " + set.version, set.license, set.source];
    return make("li", {}, make("span", { class: "set-title" }, set.title), make("span", { class: "quiet" }, facts.filter(Boolean).join(" · ")));
  }

  /** A term with the first words of its definition, and why it is listed. */
  function line(term, why = "") {
    const name = make("span", {}, make("span", { class: "term-name" }, term.name), why ? make("span", { class: "why" }, why) : null);
    const words = make("span", {}, name, make("span", { class: "first-words" }, term.text.slice(0, 200)));
    return make("a", { href: addressOf(term), class: "line" }, swatch(term.category), words);
  }

  function term(one, book) {
    return [
      make("header", {}, kicker(one), make("h2", { id: "term-name", tabindex: -1 }, one.name), aliases(one)),
      make("div", { class: "definition" }, definition(one, book)),
      one.explanation.length ? make("div", { class: "prose" }, draw(one.explanation, book.terms)) : null,
      neighbours(one, book),
    ];
  }

  function kicker(one) {
    const category = one.category.name ? make("span", { class: "category" }, swatch(one.category), one.category.name) : null;
    return make("div", { class: "kicker" }, category, one.sets.map((title) => make("span", { class: "set" }, title)));
  }

  function aliases(one) {
    if (!one.aliases.length) return null;
    return make("p", { class: "aliases" }, "Also called ", make("span", {}, one.aliases.join(", ")));
  }

  function definition(one, book) {
    if (one.text) return make("p", {}, draw(one.definition, book.terms));
    return make("p", { class: "quiet" }, one.defined ? "This term has no definition." : "This page has no definition of this term; others only refer to it.");
  }

  function neighbours(one, book) {
    const groups = root.book.grouped(one);
    const body = groups.flatMap(({ words, lines }) => [
      make("h4", {}, words),
      make("ul", { class: "terms" }, lines.slice(0, MOST_LINES).map((near) => make("li", {}, link(book.terms[near.to], near.note)))),
      lines.length > MOST_LINES ? rest(words, lines.slice(MOST_LINES), book) : null,
    ]);
    const none = groups.length ? null : make("p", { class: "quiet" }, "No relations to other terms.");
    return make("section", { class: "neighbours" }, make("h3", {}, "Related terms"), none, body);
  }

  /** The lines beyond the first hundred, when they are asked for. */
  function rest(words, lines, book) {
    const button = make("button", { type: "button", class: "button small" }, `${words}: ${lines.length.toLocaleString("en")} more`);
    button.addEventListener("click", () => {
      const list = make("ul", { class: "terms" }, lines.map((near) => make("li", {}, link(book.terms[near.to], near.note))));
      button.replaceWith(list);
      list.querySelector("a").focus();
    });
    return button;
  }

  function link(one, note) {
    const tip = [one.text, note].filter(Boolean).join(" — ");
    const name = make("span", { class: "term-name" }, one.name);
    return make("a", { href: addressOf(one), class: one.defined ? "term" : "term undefined", title: tip || null }, swatch(one.category), name);
  }

  const unknown = (id) => [
    make("h2", { tabindex: -1 }, "Unknown term"),
    make("p", {}, `There is no term “${id}” on this page.`),
    make("p", {}, make("a", { href: "#" }, "To the beginning")),
  ];

  root.panel = { start, term, unknown, line, count };
})();
