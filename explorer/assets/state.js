/* Is the explorer there, is the database there, has the data changed? Asks every few seconds while the page is
   seen, and tells with a banner or an offer; the map stays as it is. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const EVERY = 4000;
  let away = false;
  let refreshes = 0;

  const byId = (id) => document.getElementById(id);

  async function look() {
    try {
      const answer = await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(15000) });
      const state = await answer.json();
      if (answer.ok) back(state.revision);
      else gone(state.message + " The map stays; this page tries again by itself.");
    } catch {
      gone("The explorer does not answer. The map stays; this page tries again by itself.");
    }
  }

  function gone(sentence) {
    const banner = byId("banner");
    if (!banner) return;
    away = true;
    if (banner.textContent !== sentence) banner.textContent = sentence;
    banner.hidden = false;
  }

  function back(revision) {
    if (away) {
      away = false;
      byId("banner").hidden = true;
      byId("notice").hidden = true;
      refresh();
      root.announce.flash("The database is back.");
      return;
    }
    const scene = root.map.scene();
    if (!scene) return;
    const changed = revision !== scene.revision;
    // An empty page has nothing to lose, and terms that are not ranked yet will be in a moment: no need to ask.
    if (scene.provisional && (changed || scene.elements.length)) refresh();
    else byId("offer").hidden = !changed;
  }

  function refresh() {
    byId("offer").hidden = true;
    refreshes += 1;
    window.dash_clientside.set_props("refresh", { data: refreshes });
  }

  setInterval(() => document.visibilityState === "visible" && look(), EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());

  // The theme's store is told once Dash is there; the page itself has its colours since the head.
  const started = setInterval(() => {
    if (!window.dash_clientside || !window.dash_clientside.set_props || !byId("map-box")) return;
    clearInterval(started);
    root.theme.apply(root.theme.current());
  }, 30);

  root.state = { refresh };
})();
