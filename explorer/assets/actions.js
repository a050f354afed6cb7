/* What the reader does: every button, link and key ends here, as a change of the address. The only writer of the
   URL; the page follows it (follow.js). */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const FULL = "The map is full: focus on a term to see its neighbours.";
  const LONG = "This map holds as much as a link can say: focus on a term to go on.";
  const DOUBLE_TAP = 600;
  // What steps behind a button where the window is narrow.
  const TOOLS = [
    ["console", "Cypher console", "console"],
    ["theme", "Light or dark", "theme"],
    ["keys", "Keys", "keys"],
  ];
  let stepped = { to: null, at: 0 }; // the last step that Back takes back

  const tools = () => TOOLS.filter(([act]) => act !== "console" || root.console.there());
  const now = () => root.view.parse(window.location.search);
  /** The view without the health page, for what would change the map under it. */
  const onMap = () => (now().health ? root.view.health(now(), "") : now());

  /** Go to an address; the same address again is no step. `replacing`: Back shall not return here. */
  function go(search, replacing = false) {
    if (search === window.location.search) return;
    root.undo.going(replacing);
    if (!replacing) stepped = { to: search, at: performance.now() };
    root.follow.go(search, replacing);
  }

  const full = () => Boolean(root.map.scene() && root.map.scene().full);

  /** Is the view more than a link can say? One that is so already may become less. */
  const tooLong = (search) => search.length > root.view.LONGEST && search.length > window.location.search.length;

  /** The address of a view; the console's query is left out where both are more than a link can say. */
  function link(next) {
    const search = root.view.address(next);
    return next.cypher && tooLong(search) ? root.view.address(root.view.ask(next, "")) : search;
  }

  function change(next) {
    const search = link(next);
    if (tooLong(search)) root.announce.flash(LONG);
    else go(search);
  }

  /** Bring these terms onto the map, as many of them as the link has room for. */
  function add(terms) {
    const come = terms.filter((term) => !root.map.has(term));
    if (!come.length) return root.announce.flash("All of these terms are on the map already.");
    if (full()) return root.announce.flash(FULL);
    let most = come.length;
    while (most > 0 && tooLong(link(root.view.add(onMap(), come.slice(0, most))))) most -= Math.ceil(most / 20);
    if (!most) return root.announce.flash(LONG);
    change(root.view.add(onMap(), come.slice(0, most)));
    const said = most === 1 ? "1 term added to the map." : `${most} terms added to the map.`;
    root.announce.flash(most < come.length ? `${said} A link can say no more of the ${come.length}.` : said);
  }

  /** Selecting opens the term, as long as there is room for it on the map and in the link. */
  function select(of) {
    if (!full() && tooLong(link(root.view.select(now(), of)))) root.announce.flash(LONG);
    change(selected(of));
  }

  function selected(of) {
    const next = root.view.select(now(), of);
    return full() || tooLong(link(next)) ? root.view.walk(onMap(), of) : next;
  }

  /** A button is down on a term: let go, it will select it. */
  const pressed = (of) => root.path.from() || root.follow.foresee(link(selected(of)));

  const ACTIONS = {
    select,
    walk: (of) => change(root.view.walk(now(), of)),
    more: (of) => (full() ? root.announce.flash(FULL) : change(root.view.more(onMap(), of))),
    collapse: (of) => change(root.view.collapse(onMap(), of)),
    hide: (of) => change(root.view.without(onMap(), of)),
    focus: (of) => change(root.view.focus(now(), of)),
    "focus-instead": focusInstead,
    reading: (of) => change(root.view.reading(now(), of)),
    "path-begin": (of) => root.path.begin(of),
    "path-end": () => root.path.end(),
    "path-from": (of) => change(root.view.path(now(), of, now().path[1])),
    "path-to": (of) => change(root.view.path(now(), now().path[0], of)),
    "swap-path": () => change(root.view.path(now(), ...[...now().path].reverse())),
    depth: (of) => change(root.view.depth(now(), of)),
    deselect: () => change(root.view.deselect(now())),
    overview: () => change(root.view.overview(now())),
    toggle: (of) => change(root.view.toggle(now(), of)),
    "toggle-set": (of) => change(root.view.toggleSet(now(), of)),
    "toggle-kind": (of) => change(root.view.toggleKind(now(), of)),
    "all-kinds": () => change({ ...now(), hiddenKinds: [] }),
    only: (of) => only("hidden", "toggle", of),
    "only-set": (of) => only("hiddenSets", "toggle-set", of),
    "only-kind": (of) => only("hiddenKinds", "toggle-kind", of),
    show: (of) => change(root.view.show(now(), of)),
    "show-terms": () => change(root.view.showTerms(now())),
    "show-hidden-terms": () => change({ ...now(), hidden: [], hiddenSets: [], without: [] }),
    unhide: () => change(root.view.unhide(now())),
    find: (of) => change(root.view.find(now(), of)),
    health: (of) => change(root.view.health(now(), of || "")),
    part: (of) => change(root.view.health(now(), now().health, of || "")),
    fit: () => root.sight.fit(),
    "zoom-in": () => root.sight.zoom(1.25),
    "zoom-out": () => root.sight.zoom(0.8),
    theme: () => root.announce.say(root.theme.toggle() === "dark" ? "Dark theme." : "Light theme."),
    refresh: () => root.state.refresh(),
    stop: () => root.follow.stop(),
    copy: (of) => copied(origin() + "?term=" + encodeURIComponent(of), "Link copied."),
    share: () => copied(origin() + window.location.search, "Link to this view copied."),
    "export-menu": (of, source) => root.export.open(source),
    tools: (of, source) => root.menu.ofButton({ title: "More", label: "More", items: tools() }, source),
    export: (of) => root.export.save(of),
    "export-close": () => root.export.close(),
    undo: () => root.undo.undo(),
    redo: () => root.undo.redo(),
    menu: (of, source) => root.menu.byButton(of, source),
    pin: (of) => root.moves.pin(of, true),
    unpin: (of) => root.moves.pin(of, false),
    arrange: () => root.moves.arrangeAnew(),
    sheet: () => document.getElementById("panel").classList.toggle("tall"),
    twin: toggleTwin,
    "twin-menu": (of) => root.twin.menu(of),
    console: () => root.dialogs.console(),
    "console-run": () => root.console.run(),
    "console-stop": () => root.console.stop(),
    "console-take": (of) => root.shelf.take(of),
    cypher: () => root.shelf.show(),
    "console-behind": (of) => root.shelf.takeBehind(of),
    "console-again": (of) => root.shelf.again(of),
    "console-forget": () => root.shelf.forget(),
    "console-view": (of) => root.result.view(of),
    "console-save": (of) => root.result.save(of),
    "console-copy": () => root.result.copy(),
    "console-add": () => root.result.add(),
    keys: () => root.dialogs.keys(),
    close: (of, source) => root.dialogs.close(source.closest("dialog")),
    "single-keys": () => root.keys.toggleSingle(),
  };

  function run(act, of, source) {
    root.tip.hide();
    if (act === "select" && root.path.from()) return root.path.choose(of);
    ACTIONS[act](of, source);
  }

  /** Focus by the second of two taps: what the first one selected is no step of its own. */
  function focusInstead(of) {
    if (root.path.justChosen()) return;
    const first = stepped.to === window.location.search && performance.now() - stepped.at < DOUBLE_TAP;
    go(root.view.address(root.view.focus(now(), of)), first);
  }

  /** Of a group of the legend only this one stays. */
  function only(list, toggle, name) {
    change(root.view.only(now(), list, name, root.filters.names(toggle)));
  }

  function toggleTwin() {
    const twin = document.getElementById("text-twin");
    const opening = twin.hidden;
    twin.hidden = !opening;
    document.getElementById("twin-button").setAttribute("aria-expanded", String(opening));
    if (opening) root.twin.opened();
    else document.getElementById("twin-button").focus();
  }

  const origin = () => window.location.origin + window.location.pathname;

  async function copied(link, said) {
    try {
      await navigator.clipboard.writeText(link);
      root.announce.flash(said);
    } catch {
      root.announce.flash("The browser keeps the clipboard closed; the link is " + link);
    }
  }

  document.addEventListener("click", (event) => {
    const source = event.target.closest("[data-act]");
    if (!source) return;
    // A link opened in a new tab stays a link.
    if (source.tagName === "A" && (event.ctrlKey || event.metaKey || event.shiftKey || event.button)) return;
    event.preventDefault();
    run(source.dataset.act, source.dataset.of, source);
  });

  root.actions = { go, run, add, pressed };
})();
