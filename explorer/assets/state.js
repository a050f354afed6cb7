/* Is the explorer there, is the database there, has the data changed? Asks every few seconds while the page is
   seen, and tells with a banner or an offer; the map stays as it is. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const EVERY = 4000;
  let away = ""; // who is away: "explorer", "database", or nobody
  let retried = null; // the address for which what failed was tried again
  let looking = null;
  let refreshes = 0;

  const byId = (id) => document.getElementById(id);

  /** One question at a time: a database that hangs would keep all of them waiting. */
  function look() {
    looking = looking || ask().finally(() => (looking = null));
    return looking;
  }

  async function ask() {
    let answer = null;
    let state = null;
    try {
      answer = await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(15000) });
      state = await answer.json();
    } catch {
      return gone("explorer", "The explorer does not answer.");
    }
    if (answer.ok) here(state.revision);
    else gone("database", state.message || "The database does not answer.");
  }

  function gone(who, sentence) {
    const banner = byId("banner");
    if (!banner) return;
    away = who;
    const rest = root.map.scene() ? "The map stays; this page tries again by itself." : "This page tries again by itself.";
    const text = `${sentence} ${rest}`;
    if (banner.textContent !== text) banner.textContent = text;
    banner.hidden = false;
  }

  function here(revision) {
    if (!byId("panel-body")) return;
    if (away) return back();
    if (!revision || root.follow.busy()) return; // nobody is logged in; or an answer is on its way, and says it all
    if (missed() || document.querySelector("#panel-body .indexing")) return refresh();
    const scene = root.map.scene();
    if (!scene) return;
    const changed = revision !== scene.revision;
    // An empty page has nothing to lose, and terms that are not ranked yet will be in a moment: no need to ask.
    if (scene.provisional && (changed || scene.elements.length)) refresh();
    else byId("offer").hidden = !changed;
  }

  function back() {
    root.announce.flash(`The ${away} is back.`);
    away = "";
    byId("banner").hidden = true;
    refresh();
  }

  /** Did the last answer fail, in an outage too short for us to have seen? Where trying again failed too, once is
      enough. A page without a map that says why not was opened in such an outage. */
  function missed() {
    const failed = root.follow.unanswered() || !byId("notice").hidden;
    if (!failed) retried = null;
    else if (retried === window.location.search) return false;
    else retried = window.location.search;
    return failed || (!root.map.scene() && byId("panel-body").childElementCount > 0);
  }

  function refresh() {
    byId("offer").hidden = true;
    refreshes += 1;
    window.dash_clientside.set_props("refresh", { data: refreshes }); // for the health page
    root.follow.ask(true);
  }

  async function watch() {
    if (document.visibilityState === "visible") await look();
    setTimeout(watch, EVERY);
  }

  /** The page is there. */
  function begin() {
    watch();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  }

  root.state = { begin, look, refresh };
})();
