/* What the reader did, step by step, so that it can be taken back: a list of states of the screen and where in it we are.

   A state is {address, arrangement, said, light}: the recipe, the number of the arrangement of its map (arrangements.js),
   and in words what led to it. `light`: only another term was looked at, and nobody came or went. Pure: nothing here
   touches the page. */
(function (root) {
  "use strict";

  const MOST = 101; // a hundred steps lie between them

  const begin = (state) => ({ states: [{ said: "", light: false, ...state }], at: 0 });
  const now = ({ states, at }) => states[at];

  /** A new step: what was undone before it is gone. Looking at one term after the other is one step. */
  function record(history, state) {
    const { states, at } = history;
    const goesOn = state.light && at > 0 && at === states.length - 1 && states[at].light;
    const kept = states.slice(0, goesOn ? at : at + 1);
    const made = [...kept, { said: "", light: false, ...state }].slice(-MOST);
    return { states: made, at: made.length - 1 };
  }

  /** The present state turned out differently: its map was arranged, its terms have names. */
  function amend(history, change) {
    const states = history.states.slice();
    states[history.at] = { ...states[history.at], ...change };
    return { ...history, states };
  }

  const canUndo = ({ at }) => at > 0;
  const canRedo = ({ states, at }) => at < states.length - 1;
  const undo = (history) => ({ ...history, at: history.at - 1 });
  const redo = (history) => ({ ...history, at: history.at + 1 });

  /** Was only another term looked at, or searched for? */
  function isLight(before, after) {
    const aside = { term: "", words: "" };
    return JSON.stringify({ ...before, ...aside }) === JSON.stringify({ ...after, ...aside });
  }

  /** What led from one view to the next, in words. `name` gives a term's name. */
  function told(before, after, name) {
    if (isOverview(before, after)) return "went to the overview";
    for (const [key, words] of TELLERS) {
      const said = JSON.stringify(before[key]) !== JSON.stringify(after[key]) && words(before, after, name);
      if (said) return said;
    }
    return "changed the view";
  }

  function isOverview(before, after) {
    const based = (view) => view.path.length || view.reading || view.focus;
    const began = based(before) || (before.opened.length && (before.term || before.opened.length > 1));
    return began && !based(after) && !after.term && !after.opened.length && !after.without.length;
  }

  /* What each part of the view tells, in the order in which they count: a focus selects a term as well, and is told as a
     focus. A part that has nothing to say leaves it to the next. */
  const TELLERS = [
    ["path", (_, { path }, name) => path.length && `asked for the path from ${name(path[0])} to ${name(path[1])}`],
    ["reading", (_, { reading }, name) => reading && `asked what to read before ${name(reading)}`],
    ["focus", (_, { focus }, name) => focus && `focused on ${name(focus)}`],
    ["depth", (_, { depth }) => `set the depth to ${depth === 1 ? "1 hop" : depth + " hops"}`],
    ["layout", (_, { layout }) => `chose the ${layout} layout`],
    ["hidden", (before, after) => hid(before, after, "hidden", (one) => (one === "-" ? "terms without a category" : `the category ${one}`))],
    ["hiddenSets", (before, after) => hid(before, after, "hiddenSets", (one) => `the set ${one}`)],
    ["hiddenKinds", (before, after) => hid(before, after, "hiddenKinds", (one) => `relations of the kind ${one}`)],
    // A term that was taken off comes back when it is selected: that is told with the selection.
    ["without", (before, after, name) => (after.term === before.term || !after.term) && hid(before, after, "without", name)],
    ["added", added],
    ["opened", opened],
    ["health", (_, { health }) => (health ? "opened the health page" : "closed the health page")],
    ["part", () => "chose a part of the health page"],
    ["words", (_, { words }) => words && `searched for “${words}”`],
    ["term", (before, { term }, name) => (term ? `selected ${name(term)}` : `deselected ${name(before.term)}`)],
  ];

  function hid(before, after, key, name) {
    const hidden = (view) => view.hidden.length + view.hiddenSets.length + view.hiddenKinds.length + view.without.length;
    if (hidden(before) > 1 && !hidden(after)) return "showed all that was hidden";
    const gone = after[key].filter((one) => !before[key].includes(one));
    const come = before[key].filter((one) => !after[key].includes(one));
    return gone.length ? `hid ${gone.map(name).join(", ")}` : `showed ${come.map(name).join(", ")} again`;
  }

  function added(before, after, name) {
    const come = after.added.filter((one) => !before.added.includes(one));
    if (!come.length) return "took added terms off again";
    return come.length === 1 ? `added ${name(come[0])}` : `added ${come.length} terms`;
  }

  function opened(before, after, name) {
    const last = after.opened[after.opened.length - 1];
    const batches = (view) => view.opened.reduce((sum, one) => sum + one.batches, 0);
    if (batches(after) > batches(before)) {
      const first = !before.opened.some((one) => one.term === last.term);
      return `${first && before.term !== last.term ? "selected" : "expanded"} ${name(last.term)}`;
    }
    const gone = before.opened.map((one) => one.term).filter((term) => !after.opened.some((one) => one.term === term));
    return gone.length ? `collapsed ${[...new Set(gone)].map(name).join(", ")}` : "took neighbours off again";
  }

  const api = { begin, now, record, amend, canUndo, canRedo, undo, redo, isLight, told };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).history = api;
})(typeof window === "undefined" ? globalThis : window);
