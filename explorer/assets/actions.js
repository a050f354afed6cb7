/* What the reader does: every button, link and key ends here, as a change of the address. The only writer of the
   URL; the page follows it (explorer/callbacks/screen.py). */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const FULL = "The map is full: focus on a term to see its neighbours.";
  const DOUBLE_TAP = 600;
  let stepped = { to: null, at: 0 }; // the last step that Back takes back

  const now = () => root.view.parse(window.location.search);
  const props = (id, values) => window.dash_clientside.set_props(id, values);

  /** Go to an address; the same address again is no step. `replacing`: Back shall not return here. */
  function go(search, replacing = false) {
    if (search === window.location.search) return;
    if (!replacing) {
      stepped = { to: search, at: performance.now() };
      return props("url", { search });
    }
    window.history.replaceState(null, "", search || window.location.pathname);
    // With its old `href` dcc.Location would go back to where we came from.
    props("url", { search, href: window.location.href });
  }

  const full = () => Boolean(root.map.scene() && root.map.scene().full);

  const change = (next) => go(root.view.address(next));

  const ACTIONS = {
    select: (of) => change(full() ? root.view.walk(now(), of) : root.view.select(now(), of)),
    walk: (of) => change(root.view.walk(now(), of)),
    more: (of) => (full() ? root.announce.flash(FULL) : change(root.view.more(now(), of))),
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
    "toggle-kind": (of) => change(root.view.toggleKind(now(), of)),
    "all-kinds": () => change({ ...now(), hiddenKinds: [] }),
    unhide: () => change(root.view.unhide(now())),
    find: (of) => change(root.view.find(now(), of)),
    fit: () => root.sight.fit(),
    "zoom-in": () => root.sight.zoom(1.25),
    "zoom-out": () => root.sight.zoom(0.8),
    theme: () => root.announce.say(root.theme.toggle() === "dark" ? "Dark theme." : "Light theme."),
    refresh: () => root.state.refresh(),
    copy: copyLink,
    sheet: () => document.getElementById("panel").classList.toggle("tall"),
    twin: toggleTwin,
    console: () => props("console", { opened: true }),
    keys: () => props("keys-help", { opened: true }),
    "single-keys": () => root.keys.toggleSingle(),
  };

  function run(act, of) {
    root.tip.hide();
    if (act === "select" && root.path.from()) return root.path.choose(of);
    ACTIONS[act](of);
  }

  /** Focus by the second of two taps: what the first one selected is no step of its own. */
  function focusInstead(of) {
    if (root.path.justChosen()) return;
    const first = stepped.to === window.location.search && performance.now() - stepped.at < DOUBLE_TAP;
    go(root.view.address(root.view.focus(now(), of)), first);
  }

  function toggleTwin() {
    const twin = document.getElementById("text-twin");
    const opening = twin.hidden;
    twin.hidden = !opening;
    document.getElementById("twin-button").setAttribute("aria-expanded", String(opening));
    props("twin-open", { data: opening });
    if (opening) twin.querySelector("button").focus();
    else document.getElementById("twin-button").focus();
  }

  async function copyLink(of) {
    const { origin, pathname } = window.location;
    const link = origin + pathname + "?term=" + encodeURIComponent(of);
    try {
      await navigator.clipboard.writeText(link);
      root.announce.flash("Link copied.");
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
    run(source.dataset.act, source.dataset.of);
  });

  root.actions = { go, run };
})();
