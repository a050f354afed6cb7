/* The view as the page's address, and how each action of the reader changes it.

   The twin of explorer/view.py: the same names, the same order, held to the same table of cases
   (tests/js/views.json). Pure: nothing here touches the page. */
(function (root) {
  "use strict";

  const LAYOUTS = ["organic", "concentric", "hierarchical", "circle", "grid"];
  const MAX_DEPTH = 3;
  const MAX_OPENED = 400;
  const MAX_HIDDEN = 400;

  const number = (text, most) => (/^[0-9]{1,3}$/.test(text) ? Math.min(Math.max(Number(text), 1), most) : 1);
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

  function parse(search) {
    const found = new URLSearchParams(search || "");
    const last = (key) => found.getAll(key).filter(Boolean).pop() || "";
    const focus = last("focus");
    const layout = last("layout");
    return {
      term: last("term"),
      focus,
      depth: focus ? number(last("depth"), MAX_DEPTH) : 1,
      opened: parseOpened(last("open")),
      hidden: [...new Set(found.getAll("hide").filter(Boolean))].sort().slice(0, MAX_HIDDEN),
      words: last("q"),
      layout: LAYOUTS.includes(layout) ? layout : LAYOUTS[0],
    };
  }

  function address(view) {
    const pairs = [];
    if (view.term) pairs.push(["term", view.term]);
    if (view.focus) pairs.push(["focus", view.focus]);
    if (view.focus && view.depth !== 1) pairs.push(["depth", String(view.depth)]);
    if (view.opened.length) {
      const parts = view.opened.map((o) => escape(o.term) + (o.batches > 1 ? "~" + o.batches : ""));
      pairs.push(["open", parts.join(",")]);
    }
    view.hidden.forEach((category) => pairs.push(["hide", category]));
    if (view.words) pairs.push(["q", view.words]);
    if (view.layout !== LAYOUTS[0]) pairs.push(["layout", view.layout]);
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

  /** Selecting a term opens it the first time; more of its neighbours come only when asked for. */
  function select(view, term) {
    const chosen = { ...view, term, words: "" };
    const known = view.opened.some((opened) => opened.term === term) || view.focus === term;
    return known ? chosen : open(chosen, term);
  }

  /** Walking with the arrow keys: selected, but nothing comes in. */
  const walk = (view, term) => ({ ...view, term, words: "" });
  const deselect = (view) => ({ ...view, term: "", words: "" });
  const more = (view, term) => open({ ...view, term, words: "" }, term);
  const focus = (view, term) => ({ ...view, term, focus: term, depth: 1, opened: [], words: "" });
  const depth = (view, hops) => ({ ...view, depth: number(String(hops), MAX_DEPTH) });
  const overview = (view) => ({ ...view, term: "", focus: "", depth: 1, opened: [], words: "" });
  const find = (view, words) => ({ ...view, words });
  const arrange = (view, layout) => ({ ...view, layout: LAYOUTS.includes(layout) ? layout : LAYOUTS[0] });

  function toggle(view, category) {
    const others = view.hidden.filter((name) => name !== category);
    const hidden = others.length < view.hidden.length ? others : [...others, category].sort();
    return { ...view, hidden };
  }
  const unhide = (view) => ({ ...view, hidden: [] });

  const api = {
    LAYOUTS, parse, address, select, walk, deselect, more, focus, depth, overview, find, arrange, toggle, unhide,
  };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).view = api;
})(typeof window === "undefined" ? globalThis : window);
