/* The page's data as terms that know their neighbours. The counterpart of explorer/page_export/book.py. Pure. */
(function (root) {
  "use strict";

  const textOf = (tree) => tree.map((one) => (typeof one === "string" ? one : textOf([].concat(one[1])))).join("");

  function read(data) {
    const categories = new Map(data.categories.map(([name, tint, colour, shape, count]) => [name, { name, tint, colour, shape, count }]));
    const kinds = new Map(
      data.kinds.map(([id, label, inverse, line, arrow, symmetric], rank) => [id, { id, label, inverse, line, arrow, symmetric, rank }]),
    );
    const terms = data.terms.map(([id, name, definition, explanation, category, aliases, sets, size, font, defined], place) => ({
      place, id, name, definition, explanation, aliases, sets, size, font,
      defined: Boolean(defined),
      category: categories.get(category),
      text: textOf(definition),
      relations: [],
    }));
    const relations = data.relations.map(([source, kind, target, note]) => ({ source, kind: kinds.get(kind), target, note }));
    for (const one of relations) {
      terms[one.source].relations.push({ to: one.target, kind: one.kind, forward: true, note: one.note });
      terms[one.target].relations.push({ to: one.source, kind: one.kind, forward: false, note: one.note });
    }
    for (const term of terms) term.relations.sort((a, b) => a.to - b.to);
    const sets = data.sets.map(([title, count, version, license, source]) => ({ title, count, version, license, source }));
    return { title: data.title, sets, categories: [...categories.values()], terms, relations, places: data.places, styles: data.styles };
  }

  /** The neighbours of a term by how they relate, in words; "is related to", which says least, goes last. */
  function grouped(term) {
    const groups = new Map();
    for (const { to, kind, forward, note } of term.relations) {
      const words = forward || kind.symmetric ? kind.label : kind.inverse;
      if (!groups.has(words)) groups.set(words, { words, rank: kind.id === "related" ? Infinity : 2 * kind.rank + !forward, lines: [] });
      groups.get(words).lines.push({ to, note });
    }
    return [...groups.values()].sort((a, b) => a.rank - b.rank || 0);
  }

  const api = { read, grouped, textOf };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).book = api;
})(typeof window === "undefined" ? globalThis : window);
