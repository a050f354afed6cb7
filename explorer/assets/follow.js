/* The page follows its address: whatever changed it, the server is asked what is to be seen there
   (explorer/answers.py), and what it tells is handed to those who draw. One question at a time: the next one stops the
   one before, so that an old answer never covers a newer one. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const FRESH = 2000; // milliseconds for which an answer to a press is one to a click
  const LONG = 2000; // milliseconds after which the reader may want to stop
  const UNANSWERED = "The explorer does not answer.";
  let at = null; // the address that the page follows; null before it is there
  let shown = ""; // the server's name for the map that is drawn
  let drawn = null; // the address that was answered last
  let asking = null; // what stops the question that is on its way
  let foreseen = null; // a question that is on its way before the page is at its address
  let unanswered = false;
  let slow = 0;
  let reading = null; // the same for the text view

  const byId = (id) => document.getElementById(id);

  function go(search, replacing) {
    const url = search || window.location.pathname;
    if (replacing) window.history.replaceState(null, "", url);
    else window.history.pushState(null, "", url);
    arrived();
  }

  /** The page is at another address. */
  function arrived() {
    at = window.location.search;
    leaveText();
    root.undo.arrived();
    root.map.arrived();
    root.health.follow(at);
    root.console.follow(at);
    ask();
  }

  /** The address tells more, or less, of what is there already: nobody needs to be asked. */
  function settle(search) {
    if (search === window.location.search) return;
    root.undo.going(true);
    window.history.replaceState(window.history.state, "", search || window.location.pathname);
    if (drawn === at) drawn = window.location.search;
    at = window.location.search;
    root.undo.arrived();
  }

  window.addEventListener("popstate", () => at !== null && at !== window.location.search && arrived());

  /** Ask what is to be seen here; `look`: and whether the data has changed. */
  async function ask(look = false) {
    const { content, stop } = question(look);
    if (asking) asking.abort();
    asking = stop;
    waiting(true);
    try {
      const told = await content;
      if (asking === stop) take(told);
    } catch (error) {
      if (asking === stop) await lost(error);
    }
  }

  function question(look) {
    const asked = root.first || foreseen;
    const fits = asked && asked.search === at && asked.shown === shown && !isStale(asked);
    if (!fits) overlooked();
    root.first = foreseen = null;
    return fits ? asked : root.askFor(at, shown, look);
  }

  /** The reader is about to go to this address: the server need not wait for a finger to leave its button. What it
      tells is read at once, so that a click whose answer is there is answered in its first picture. */
  function foresee(search) {
    overlooked();
    if (at === null || search === at || asking) return;
    const mine = (foreseen = { ...root.askFor(search, shown, false), pressed: performance.now() });
    const gone = () => (mine.lost = true);
    mine.answer.then(({ ok }) => ok || gone(), gone);
    mine.content.catch(gone);
  }

  /** A press that was no click: what came of it may be old, or tell of a server that is well again. */
  const isStale = ({ pressed, lost }) => Boolean(lost) || performance.now() - pressed > FRESH;

  /** It came otherwise. */
  function overlooked() {
    if (foreseen) foreseen.stop.abort();
    foreseen = null;
  }

  function take(told) {
    ended();
    if (!told.parts) return note(told.message);
    shown = told.key;
    drawn = at;
    note("");
    root.map.told(told);
    if (root.twin.open()) text();
  }

  function ended() {
    asking = null;
    unanswered = false;
    waiting(false);
  }

  async function lost(error) {
    ended();
    await missed(error);
  }

  async function missed(error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // a defect of ours, no lost answer
    unanswered = true;
    await root.state.look();
    if (unanswered && byId("banner").hidden) note(UNANSWERED);
  }

  /** A bar at once (the stylesheet lets it wait a little), a way out later. */
  function waiting(on) {
    clearTimeout(slow);
    byId("panel").setAttribute("aria-busy", String(on));
    byId("slow").hidden = true;
    if (on) slow = setTimeout(() => (byId("slow").hidden = false), LONG);
  }

  /** The reader waits no longer: the page stays as it is, and its address says so. */
  function stop() {
    if (!asking) return;
    asking.abort();
    ended();
    leaveText();
    if (drawn === null) return note("Stopped before there was a map: reload the page to try again.");
    root.announce.flash("Stopped.");
    settle(drawn);
    root.map.arrived();
    root.health.follow(at);
  }

  /** What went wrong, as the components know it: other answers write there as well. */
  function note(text) {
    if (!text && byId("notice").hidden) return;
    window.dash_clientside.set_props("notice", { children: text, hidden: !text });
  }

  /** The text view of this address, which only an open one needs. */
  async function text() {
    leaveText();
    const stop = (reading = new AbortController());
    try {
      const told = await (await root.ask("/_text", { search: at, shown: "", look: false }, stop.signal)).json();
      if (reading !== stop) return;
      if (told.parts) root.twin.draw(told.parts);
      else note(told.message);
    } catch (error) {
      if (reading === stop) await missed(error);
    }
  }

  /** What was asked for the text view of another address is of no more use. */
  function leaveText() {
    if (reading) reading.abort();
    reading = null;
  }

  /* The page's parts come with React, some time after the scripts. */
  const there = () => window.dash_clientside && window.dash_clientside.set_props && byId("panel-body") && byId("map-box");

  const coming = new MutationObserver(() => {
    if (!there()) return;
    coming.disconnect();
    root.theme.apply(root.theme.current());
    root.keys.showSingle();
    arrived();
    root.state.begin();
  });
  coming.observe(document.documentElement, { childList: true, subtree: true });

  root.follow = { go, settle, ask, foresee, overlooked, text, stop, busy: () => Boolean(asking), unanswered: () => unanswered };
})();
