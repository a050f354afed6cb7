/* The console's editor: CodeMirror, with Neo4j's language support (cypher.worker.js) for colours, marks and completion.
   Leaves running, history and all else to assets/console*.js, which find it as `conceptmap.editor`. */
import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { completions } from "./completion.js";

const SOON = 120; // milliseconds without a key after which a statement is looked at
const LONGEST = 20_000; // letters; beyond, a statement is not looked at: the parser would take seconds

const coloured = StateEffect.define();
const classes = new Map();
const mark = (type) => classes.get(type) || classes.set(type, Decoration.mark({ class: `cy-${type}` })).get(type);

/** What each part of the statement is; until the next look the colours move with the text. */
const colours = StateField.define({
  create: () => Decoration.none,
  update(before, transaction) {
    const told = transaction.effects.find((effect) => effect.is(coloured));
    return told ? told.value : before.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The thread that knows Cypher. Without it the editor edits, in one colour. */
function cypher(address) {
  const waiting = new Map();
  let last = 0;
  let worker = null;
  const lost = () => {
    worker = null;
    waiting.forEach((answered) => answered(null));
    waiting.clear();
  };
  try {
    worker = new Worker(address);
    worker.addEventListener("message", ({ data: { id, answer } }) => {
      if (waiting.has(id)) waiting.get(id)(answer);
      waiting.delete(id);
    });
    worker.addEventListener("error", lost);
  } catch {
    // forbidden or not known here
  }
  return (question) =>
    new Promise((answered) => {
      if (!worker) return answered(null);
      last += 1;
      waiting.set(last, answered);
      worker.postMessage({ id: last, ...question });
    });
}

/** Looks at the statement once the typing pauses; what the server found wrong (`blamed`) is marked as long as it stands. */
function looking(ask, blamed) {
  let timer = 0;
  async function look(view) {
    const { doc } = view.state;
    if (doc.length > LONGEST) return;
    const found = await ask({ what: "look", text: doc.toString() });
    if (!found || view.state.doc !== doc) return;
    const inside = found.tokens.filter(([from, length]) => length > 0 && from + length <= doc.length);
    const ranges = inside.map(([from, length, type]) => mark(type).range(from, from + length));
    view.dispatch({ effects: coloured.of(Decoration.set(ranges, true)) });
    view.dispatch(setDiagnostics(view.state, [...found.marks.map((one) => within(one, doc.length)), ...blamed(doc)]));
  }
  const soon = (view) => {
    clearTimeout(timer);
    timer = setTimeout(() => look(view), SOON);
  };
  return { soon, extension: EditorView.updateListener.of((update) => update.docChanged && soon(update.view)) };
}

const within = (one, length) => {
  const from = Math.min(Math.max(one.from, 0), length);
  return { ...one, from, to: Math.min(Math.max(one.to, from), length) };
};

const looks = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--raised)", height: "100%", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)", padding: "6px 0" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--quiet)", border: "none" },
  ".cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 25%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 30%, transparent)",
  },
  ".cm-placeholder": { color: "var(--quiet)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--line-strong)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { color: "inherit", opacity: 0.8 },
  ".cm-diagnostic": { fontFamily: "var(--font)", maxWidth: "32em" },
});

/** An editor in `parent`. `options`: text, label, description (an id), worker (an address), named (gives a
    promise that ends when the names of the graph were told, or will not be), run, changed. */
function create(parent, { text, label, description, worker, named, run, changed }) {
  const ask = cypher(worker);
  let wrong = null; // {doc, mark} of the last run
  const look = looking(ask, (doc) => (wrong && wrong.doc === doc ? [wrong.mark] : []));
  const running = { key: "Mod-Enter", run: (view) => (closeCompletion(view), run(), true) };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([running, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        lineNumbers(),
        lintGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [completions(ask, () => named().then(() => known))], icons: false }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": description,
          autocapitalize: "off",
          spellcheck: "false",
          tabindex: "0",
        }),
        placeholder("MATCH (t:Term) RETURN t LIMIT 10"),
        colours,
        look.extension,
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
        looks,
      ],
    }),
  });
  let known = {};
  look.soon(view);

  /** What the server found wrong, at its place: line and column count from 1; without them nothing is marked. */
  function blame(place, message) {
    const { doc } = view.state;
    if (!place || place.line < 1 || place.line > doc.lines) return;
    const line = doc.line(place.line);
    const from = Math.min(line.from + Math.max(place.column - 1, 0), Math.max(line.to - 1, line.from));
    const word = /^[\w`$]+/.exec(doc.sliceString(from, line.to));
    const to = Math.min(from + (word ? word[0].length : 1), line.to);
    wrong = { doc, mark: { from, to, severity: "error", message } };
    view.dispatch(setDiagnostics(view.state, [wrong.mark]));
    view.dispatch({ effects: EditorView.scrollIntoView(from) });
  }

  return {
    text: () => view.state.doc.toString(),
    put: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: 0 }, scrollIntoView: true }),
    focus: () => view.focus(),
    know(schema) {
      known = schema;
      ask({ what: "know", schema });
      look.soon(view);
    },
    blame,
  };
}

const root = (window.conceptmap = window.conceptmap || {});
root.editor = { create };
