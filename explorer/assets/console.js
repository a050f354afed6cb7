/* The console: opens, loads its editor, runs and stops a query. What a result looks like is in console_result.js, what
   stands beside the editor in console_shelf.js. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const LONG = "This query is too long for a link: the address does not hold it.";
  const PLAIN = "The editor could not be loaded: this is a plain text field, in which everything else works as usual.";
  const AWAY = "The explorer does not answer.";
  const SECOND = 1000;
  let inside = null; // what the console holds: asked for once
  let files = {};
  let example = "";
  let editor = null;
  let names = Promise.resolve(); // ends when the schema was told, or will not be
  let running = null; // {id, abort, began}
  let met = false; // the address that the page was opened at has been followed
  let ticking = 0;
  let put = null; // the statement that the address held last
  let coming = null; // what came from the address before the console was there

  const byId = (id) => document.getElementById(id);
  const there = () => Boolean(byId("console"));
  const isOpen = () => there() && byId("console").open;

  /* Opening. */

  /** Open it, with this statement in it if one is given: {text, given}. */
  async function open(asked = null) {
    if (!there()) return;
    coming = asked || coming;
    if (!isOpen()) byId("console").show();
    inside = inside || load().catch(failed);
    await inside;
    if (!byId("console-text")) return;
    names = schema(); // it may have changed since the console was open last
    if (coming) set(coming.text, coming.given);
    coming = null;
    if (!isOpen()) return;
    focus();
  }

  async function load() {
    const told = await (await root.ask("/_console", {})).json();
    if (!told.parts) throw new Error(told.message);
    root.draw(byId("console-body"), told.parts);
    ({ files, example } = told);
    root.shelf.begin(told.queries);
    byId("console-text").value = coming ? "" : example;
    byId("console-text").addEventListener("input", () => changed(text()));
    changed(text());
    edit();
  }

  function failed(error) {
    inside = null; // another try, when it is opened again
    const sentence = error instanceof TypeError || error instanceof SyntaxError ? AWAY : error.message;
    root.draw(byId("console-body"), [["p", { class: "refusal", role: "alert" }, [sentence]]]);
  }

  /** A script of our own that is not loaded with the page. */
  function script(address) {
    return new Promise((done, refuse) => {
      const made = document.createElement("script");
      made.src = address;
      made.onload = done;
      made.onerror = () => refuse(new Error(address));
      document.head.append(made);
    });
  }

  async function edit() {
    const field = byId("console-text");
    try {
      await script(files.editor);
      const focused = document.activeElement === field;
      editor = root.editor.create(byId("console-editor"), {
        text: field.value,
        label: "Read-only Cypher",
        description: "console-hint",
        worker: files.cypher,
        named: () => names,
        run,
        changed,
      });
      field.remove();
      // Labels and tests know the field by this name, whichever it is.
      byId("console-editor").querySelector(".cm-content").id = "console-text";
      editor.know(root.shelf.schema());
      if (focused) editor.focus();
    } catch (error) {
      window.console.warn("The editor could not be loaded:", error);
      byId("console-editor").replaceChildren(field); // and nothing of half an editor
      byId("console-plain").textContent = PLAIN;
      byId("console-plain").hidden = false;
    }
  }

  async function schema() {
    try {
      const told = await (await root.ask("/_schema", {}, AbortSignal.timeout(15 * SECOND))).json();
      if (!told.labels) return;
      root.shelf.know(told);
      if (editor) editor.know(told);
    } catch {
      // completion has no names then; running tells what is wrong
    }
  }

  /* The statement. */

  const text = () => (editor ? editor.text() : byId("console-text").value);
  const focus = () => (editor ? editor.focus() : byId("console-text").focus());
  const changed = (now) => root.shelf.fields(now);

  function set(next, given = []) {
    if (editor) editor.put(next);
    else byId("console-text").value = next;
    root.shelf.fields(next, given);
  }

  /** What the address holds: the statement and the fields, if there is room for them. */
  function keep() {
    const view = root.view.parse(window.location.search);
    const asked = root.view.ask(view, isOpen() ? text() : "", root.shelf.given());
    const search = root.view.address(asked);
    put = kept(asked);
    if (search.length <= root.view.LONGEST) return root.follow.settle(search);
    root.follow.settle(root.view.address(root.view.ask(view, "")));
    put = "";
    root.announce.flash(LONG);
  }

  const kept = ({ cypher, given }) => (cypher ? JSON.stringify([cypher, given]) : "");

  /** The page is at this address. A link opens the console; Back and undo leave it open or closed, as the reader did. */
  function follow(search) {
    const view = root.view.parse(search);
    const first = !met;
    met = true;
    root.shelf.leave();
    if (!kept(view) || kept(view) === put || !there()) return;
    if (!first && !isOpen()) return root.follow.settle(root.view.address(root.view.ask(view, "")));
    put = kept(view);
    if (first) open({ text: view.cypher, given: view.given });
    else if (byId("console-text")) set(view.cypher, view.given);
    else coming = { text: view.cypher, given: view.given };
  }

  function closed() {
    if (!there()) return;
    put = "";
    const view = root.view.parse(window.location.search);
    if (view.cypher) root.follow.settle(root.view.address(root.view.ask(view, "")));
  }

  /* Running. */

  const fresh = () =>
    [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function run() {
    if (!byId("console-run")) return;
    if (running) stop();
    const asked = { text: text(), given: root.shelf.given() };
    const mine = (running = { id: fresh(), abort: new AbortController(), began: performance.now() });
    keep();
    busy(true);
    wrong("");
    try {
      const parameters = root.shelf.parameters();
      const answer = await root.ask("/_query", { id: mine.id, text: asked.text, parameters }, mine.abort.signal);
      const told = root.values.read(await answer.text());
      if (running === mine) take(told, asked);
    } catch (error) {
      if (running !== mine) return;
      done();
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // a defect of ours
      wrong(AWAY);
    }
  }

  function take(told, asked) {
    done();
    root.shelf.remember(asked);
    if (!told.columns) {
      wrong(told.message);
      if (editor && told.place) editor.blame(told.place, told.message);
      return;
    }
    root.result.show(told, files.grid);
  }

  /** End the query, on the server too. */
  function stop() {
    if (!running) return;
    const { id, abort } = running;
    done();
    abort.abort();
    root.ask("/_query/stop", { id }).catch(() => {}); // the server sees that nobody waits any more
    status("Stopped.");
  }

  function done() {
    running = null;
    busy(false);
  }

  function busy(on) {
    clearInterval(ticking);
    const button = byId("console-run");
    const stopping = byId("console-stop");
    const wasThere = document.activeElement === stopping;
    stopping.hidden = !on;
    byId("console").classList.toggle("running", on);
    if (wasThere && !on) button.focus();
    if (!on) return status("");
    const { began } = running;
    status("Running …");
    ticking = setInterval(() => tick(Math.floor((performance.now() - began) / SECOND)), SECOND);
  }

  /* The seconds are for the eye: read out each one would be a nuisance. */
  const tick = (seconds) => (byId("console-status").dataset.seconds = `${seconds} s`);

  function status(sentence) {
    const place = byId("console-status");
    delete place.dataset.seconds;
    place.textContent = sentence;
  }

  function wrong(sentence) {
    const place = byId("console-wrong");
    place.textContent = sentence;
    place.hidden = !sentence;
    if (sentence) root.result.clear();
  }

  // Nobody waits for the answer any more.
  window.addEventListener("pagehide", () => {
    if (!running) return;
    const body = new Blob([JSON.stringify({ id: running.id })], { type: "application/json" });
    navigator.sendBeacon("/_query/stop", body);
  });

  root.console = { open, run, stop, set, keep, follow, closed, script, status, there, isOpen };
})();
