/* Undo and redo: follows the address and the moves on the map, keeps the steps in the session, and takes them back.

   Whatever changed the address is a step, Back as well. Which steps there are and how they are told is in history.js;
   the places that belong to them are in arrangements.js. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const STORAGE = "conceptmap-history";
  let steps = null;
  let undoing = false; // the next address is one that was there before
  let amending = false; // the next address takes the place of this one

  const here = () => window.location.search;
  const now = () => root.history.now(steps);

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(STORAGE));
    } catch {
      return null;
    }
  }

  /** What is so now, for a reload, for Back, and for the eye. */
  function keep() {
    if (now().address === here()) {
      window.history.replaceState({ ...window.history.state, arrangement: now().arrangement }, "");
    }
    try {
      sessionStorage.setItem(STORAGE, JSON.stringify(steps));
    } catch {
      // full or forbidden: the steps last as long as the page
    }
    button("undo-button", "Undo", "Ctrl+Z", root.history.canUndo(steps) && now().said);
    button("redo-button", "Redo", "Ctrl+Y", root.history.canRedo(steps) && steps.states[steps.at + 1].said);
  }

  function button(id, word, keys, what) {
    const label = what ? `${word}: ${what} (${keys})` : `${word} (${keys})`;
    const told = { "aria-disabled": String(!what), "aria-label": label, title: label };
    Object.entries(told).forEach(([name, value]) => document.getElementById(id).setAttribute(name, value));
  }

  const arrangement = () => (root.arrangements.now() ? root.arrangements.now().id : 0);

  /** What led to the present state. */
  function told(address) {
    const before = steps.states[steps.at - 1];
    return root.history.told(root.view.parse(before.address), root.view.parse(address), root.map.nameOf);
  }

  /** The page is about to go to another address; `replacing` this one. */
  function going(replacing) {
    amending = replacing && Boolean(steps) && now().address === here();
  }

  /** The page is at another address. */
  function arrived() {
    // An entry of the browser's history that was here before says how its map was left.
    if (!undoing) aim(window.history.state && window.history.state.arrangement);
    steps = steps || stored() || root.history.begin({ address: here(), arrangement: 0 });
    if (here() !== now().address) record();
    amending = false;
    keep();
  }

  function record() {
    const state = { address: here(), arrangement: arrangement() };
    const before = steps.at && steps.states[steps.at - 1];
    // Given up before it was shown: the step is none.
    if (amending && before && before.address === here()) steps = { states: steps.states.slice(0, steps.at), at: steps.at - 1 };
    else if (amending) steps = root.history.amend(steps, state);
    else {
      const light = root.history.isLight(root.view.parse(now().address), root.view.parse(here()));
      steps = root.history.record(steps, { ...state, light });
    }
    if (steps.at) steps = root.history.amend(steps, { said: told(here()) });
  }

  /** The map of this address is drawn: its places and names are known. */
  function drawn() {
    if (!steps || here() !== now().address) return;
    const before = steps.at && steps.states[steps.at - 1].address;
    const said = steps.at && before !== here() ? { said: told(here()) } : {};
    steps = root.history.amend(steps, { arrangement: arrangement(), ...said });
    keep();
  }

  /** Something was done that leaves the address as it is. */
  function did(said) {
    if (!steps) return;
    steps = root.history.record(steps, { address: here(), arrangement: arrangement(), said });
    keep();
  }

  function aim(id) {
    if (root.arrangements.aim(id)) root.moves.follow();
  }

  function goTo(next, word, said) {
    steps = next;
    const { address, arrangement: wanted } = now();
    aim(wanted);
    if (address !== here()) {
      undoing = true;
      root.actions.go(address);
      undoing = false;
    }
    keep();
    root.announce.flash(`${word}: ${said}.`);
  }

  function undo() {
    if (!steps || !root.history.canUndo(steps)) return root.announce.flash("Nothing to undo.");
    goTo(root.history.undo(steps), "Undone", now().said);
  }

  function redo() {
    if (!steps || !root.history.canRedo(steps)) return root.announce.flash("Nothing to redo.");
    const next = root.history.redo(steps);
    goTo(next, "Done again", root.history.now(next).said);
  }

  root.undo = { going, arrived, drawn, did, undo, redo };
})();
