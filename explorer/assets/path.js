/* A path begins at a term and waits for the other end: the next term that is chosen, on the map, in a list, by search.

   The address changes only then; until then all else goes on as ever. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const DOUBLE_TAP = 600;
  let start = ""; // the term that a path begins at while its other end is to be chosen
  let chosenAt = -Infinity;

  const now = () => root.view.parse(window.location.search);

  /** Begin a path at a term. */
  function begin(id) {
    start = id;
    const text = `Path from ${nameOf(id)}: choose a term on the map, in a list or by search. Esc ends it.`;
    document.getElementById("path-note").textContent = text;
    document.getElementById("path-begun").hidden = false;
    document.documentElement.dataset.choosing = "path";
    root.announce.say(text);
  }

  function nameOf(id) {
    const heading = now().term === id && document.querySelector("#panel-body #term-name");
    return (heading && heading.textContent) || root.map.nameOf(id);
  }

  function end() {
    close();
    root.announce.say("No path.");
  }

  function close() {
    start = "";
    document.getElementById("path-begun").hidden = true;
    delete document.documentElement.dataset.choosing;
  }

  /** The other end is chosen. */
  function choose(id) {
    if (id === start) return root.announce.flash("The path begins at this term: choose another one.");
    const view = root.view.path(now(), start, id);
    chosenAt = performance.now();
    close();
    root.actions.go(root.view.address(view));
  }

  root.path = {
    begin,
    end,
    choose,
    from: () => start,
    justChosen: () => performance.now() - chosenAt < DOUBLE_TAP, // the second tap of two is not about the new map
  };
})();
