/* Search among the terms of the page: by name, by alias, then in the definitions. Pure, so that it is tested
   without a browser. */
(function (root) {
  "use strict";

  /** A text without what people leave out when they type: case, accents. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** What is searched, made once. `terms` are {name, aliases, text}, the most important first. */
  const index = (terms) =>
    terms.map(({ name, aliases, text }, place) => ({
      place,
      names: [name, ...aliases].map((one) => ({ shown: one, folded: fold(one) })),
      text: fold(text),
    }));

  /** The hits of some words: {place, why}, the nearest first, of equals the more important. */
  function find(indexed, words, most) {
    const wanted = fold(words).trim();
    if (!wanted) return [];
    const parts = wanted.split(/\s+/);
    const hits = [];
    for (const one of indexed) {
      const best = one.names
        .map((name, order) => ({ rank: rankOf(name.folded, wanted, parts) * 2 + Math.min(order, 1), name, order }))
        .reduce((a, b) => (b.rank < a.rank ? b : a));
      if (best.rank < NONE * 2) hits.push({ place: one.place, rank: best.rank, why: best.order ? "alias: " + best.name.shown : "" });
      else if (parts.every((part) => one.text.includes(part))) hits.push({ place: one.place, rank: best.rank, why: "in the definition" });
    }
    return hits.sort((a, b) => a.rank - b.rank || a.place - b.place).slice(0, most);
  }

  const NONE = 5;

  /** How near a name comes to what is wanted: itself, its beginning, a word's beginning, within, all the words. */
  function rankOf(name, wanted, parts) {
    const at = name.indexOf(wanted);
    if (at === 0) return name.length === wanted.length ? 0 : 1;
    if (at > 0) return /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
    return parts.every((part) => name.includes(part)) ? 4 : NONE;
  }

  const api = { fold, index, find };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).find = api;
})(typeof window === "undefined" ? globalThis : window);
