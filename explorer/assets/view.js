/* The view as the page's address, and how each action of the reader changes it.

   The twin of explorer/view.py: the same names, the same order, held to the same table of cases
   (tests/js/views.json). Pure: nothing here touches the page. */
(function (root) {
  "use strict";

  const LAYOUTS = ["organic", "concentric", "hierarchical", "circle", "grid"];
  const MAX_DEPTH = 3;
  const MAX_OPENED = 400;
  const MAX_HIDDEN = 400;
  const MAX_GIVEN = 50;
  const LONGEST = 2000; // the signs of an address that mail and chat programs leave in one piece

  const number = (text, most) => (/^[0-9]{1,3}$/.test(text) ? Math.min(Math.max(Number(text), 1), most) : 1);
  /* As Python sorts: JavaScript alone would compare halves of signs beyond the first 65,536. */
  const byCodePoint = (a, b) => {
    const [first, second] = [[...a], [...b]];
    const at = first.findIndex((sign, index) => sign !== second[index]);
    if (at < 0) return first.length - second.length;
    return at < second.length ? first[at].codePointAt(0) - second[at].codePointAt(0) : 1;
  };
  const escape = (term) => term.replaceAll("%", "%25").replaceAll(",", "%2C").replaceAll("~", "%7E");
  const unescape = (term) => term.replaceAll("%7E", "~").replaceAll("%2C", ",").replaceAll("%25", "%");
  const encode = (value) =>
    encodeURIComponent(value)
      .replace(/[!'()*]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase())
      .replaceAll("%2C", ",");

  function parseOpened(text) {
    return text
      .split(",")
      .slice(0, MAX_OPENED)
      .map((part) => {
        const cut = part.indexOf("~");
        const term = cut < 0 ? part : part.slice(0, cut);
        return { term: unescape(term), batches: cut < 0 ? 1 : number(part.slice(cut + 1), 99) };
      })
      .filter((opened) => opened.term);
  }

  const parseTerms = (text) => text.split(",").slice(0, MAX_HIDDEN).filter(Boolean).map(unescape);
  const joined = (terms) => terms.map(escape).join(",");

  /** The last text of each parameter of the console's statement, in the order in which the names are met. */
  function parseGiven(pairs) {
    const parted = pairs.map((pair) => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1), pair.indexOf(":")]);
    const named = parted.filter(([, , colon]) => colon > 0).map(([name, text]) => [name, text]);
    return [...new Map(named)].slice(0, MAX_GIVEN);
  }

  function parse(search) {
    const found = new URLSearchParams(search || "");
    const last = (key) => found.getAll(key).filter(Boolean).pop() || "";
    const focus = last("focus");
    const layout = last("layout");
    const path = parseTerms(last("path"));
    const health = last("health");
    const cypher = last("cypher");
    const names = (key) => [...new Set(found.getAll(key).filter(Boolean))].sort(byCodePoint).slice(0, MAX_HIDDEN);
    return {
      term: last("term"),
      focus,
      depth: focus ? number(last("depth"), MAX_DEPTH) : 1,
      path: path.length === 2 ? path : [],
      reading: last("reading"),
      opened: parseOpened(last("open")),
      without: [...new Set(parseTerms(last("without")))],
      added: [...new Set(parseTerms(last("with")))],
      hidden: names("hide"),
      hiddenSets: names("hide-set"),
      hiddenKinds: names("hide-kind"),
      health,
      part: health ? last("part") : "",
      words: last("q"),
      layout: LAYOUTS.includes(layout) ? layout : LAYOUTS[0],
      cypher,
      given: cypher ? parseGiven(found.getAll("param")) : [],
    };
  }

  function address(view) {
    const given = [
      ["term", view.term],
      ["focus", view.focus],
      ["depth", view.focus && view.depth !== 1 ? String(view.depth) : ""],
      ["path", joined(view.path)],
      ["reading", view.reading],
      ["open", view.opened.map((o) => escape(o.term) + (o.batches > 1 ? "~" + o.batches : "")).join(",")],
      ["without", joined(view.without)],
      ["with", joined(view.added)],
      ...view.hidden.map((category) => ["hide", category]),
      ...view.hiddenSets.map((name) => ["hide-set", name]),
      ...view.hiddenKinds.map((kind) => ["hide-kind", kind]),
      ["health", view.health],
      ["part", view.health ? view.part : ""],
      ["q", view.words],
      ["layout", view.layout !== LAYOUTS[0] ? view.layout : ""],
      ["cypher", view.cypher],
      ...(view.cypher ? view.given : []).map(([name, text]) => ["param", name + ":" + text]),
    ];
    const pairs = given.filter(([, value]) => value);
    return pairs.length ? "?" + pairs.map(([key, value]) => key + "=" + encode(value)).join("&") : "";
  }

  /* Actions: a view and what the reader did, to the next view. */

  function open(view, term) {
    const opened = view.opened.slice();
    const before = opened[opened.length - 1];
    if (before && before.term === term) opened[opened.length - 1] = { term, batches: before.batches + 1 };
    else opened.push({ term, batches: 1 });
    return { ...view, opened };
  }

  /** The term is selected, and on the map even if it was taken off. */
  const shown = (view, term) => ({ ...view, term, without: view.without.filter((one) => one !== term), words: "" });

  /** Selecting a term opens it the first time; more of its neighbours come only when asked for. */
  function select(view, term) {
    const chosen = { ...shown(view, term), health: "", part: "" };
    const known = view.opened.some((opened) => opened.term === term) || view.focus === term;
    return known ? chosen : open(chosen, term);
  }

  /** Walking with the arrow keys: selected, but nothing comes in. */
  const walk = (view, term) => shown(view, term);
  const deselect = (view) => ({ ...view, term: "", words: "" });
  const more = (view, term) => open(shown(view, term), term);

  /** What every map of another kind begins with: filters and layout stay. */
  const fresh = (view) => ({
    ...view, term: "", focus: "", depth: 1, path: [], reading: "", opened: [], without: [], added: [], health: "", part: "", words: "",
  });
  const focus = (view, term) => ({ ...fresh(view), term, focus: term });
  const path = (view, from, to) => ({ ...fresh(view), path: [from, to] });
  const reading = (view, term) => ({ ...fresh(view), reading: term });
  const depth = (view, hops) => ({ ...view, depth: number(String(hops), MAX_DEPTH) });
  const overview = fresh;

  /** The neighbours that a term brought in go again; whoever else brought them keeps them. */
  const collapse = (view, term) => ({ ...view, opened: view.opened.filter((opened) => opened.term !== term) });

  /** One term off the map. */
  const without = (view, term) => ({
    ...view,
    term: view.term === term ? "" : view.term,
    without: view.without.includes(term) ? view.without : [...view.without, term],
  });
  /** Back on the map: one term that was taken off, or all of them. */
  const show = (view, term) => ({ ...view, without: view.without.filter((one) => one !== term) });
  const showTerms = (view) => ({ ...view, without: [] });
  const find = (view, words) => ({ ...view, words });
  const arrange = (view, layout) => ({ ...view, layout: LAYOUTS.includes(layout) ? layout : LAYOUTS[0] });

  /** In or out of a list of what is hidden: "hidden" (categories), "hiddenSets" or "hiddenKinds". */
  function toggleIn(view, list, name) {
    const others = view[list].filter((other) => other !== name);
    return { ...view, [list]: others.length < view[list].length ? others : [...others, name].sort(byCodePoint) };
  }
  const toggle = (view, category) => toggleIn(view, "hidden", category);
  const toggleSet = (view, name) => toggleIn(view, "hiddenSets", name);
  const toggleKind = (view, kind) => toggleIn(view, "hiddenKinds", kind);

  /** Of all `names` of a list only this one stays; when it is the only one already, the others come back. */
  function only(view, list, name, names) {
    const others = [...new Set(names)].filter((other) => other !== name).sort(byCodePoint);
    const already = others.length === view[list].length && others.every((other) => view[list].includes(other));
    return { ...view, [list]: already ? [] : others };
  }
  const unhide = (view) => ({ ...view, hidden: [], hiddenSets: [], hiddenKinds: [], without: [] });
  /** These terms come onto the map, and nobody else. */
  const add = (view, terms) => ({
    ...view,
    added: [...new Set([...view.added, ...terms])],
    without: view.without.filter((one) => !terms.includes(one)),
    health: "",
    part: "",
    words: "",
  });
  /** The statement in the console, with its parameters; "": none. */
  const ask = (view, cypher, given = []) => ({ ...view, cypher, given: cypher ? given : [] });
  const health = (view, set, part = "") => ({ ...view, health: set, part, words: "" });

  const api = {
    LAYOUTS, LONGEST, parse, address, select, walk, deselect, more, collapse, without, show, showTerms, focus, depth, path,
    reading, overview, find, arrange, toggle, toggleSet, toggleKind, only, unhide, health, add, ask,
  };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).view = api;
})(typeof window === "undefined" ? globalThis : window);
