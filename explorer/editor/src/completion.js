/* How a statement may go on here: what Neo4j's language support says, and, within quotes after `kind` or `category`,
   the graph's own. */

const TYPES = { 3: "function", 2: "method", 5: "property", 6: "variable", 10: "property", 14: "keyword", 25: "type" };
const WITHIN_QUOTES = /\b(kind|category)\s*(?:[:=]|<>|IN\s*\[(?:[^\]]*,)?)\s*(["'])([^"']*)$/i;
const BEFORE = /[:.$([{<>\s-]$/;

/** A source of completions for CodeMirror; `known()` gives the names of the graph, once they are here or will not come. */
export const completions = (ask, known) => async (context) => {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const quoted = WITHIN_QUOTES.exec(before);
  if (quoted) return named(quoted, context.pos, await known());
  const word = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*$/u.exec(before);
  if (!word && !context.explicit && !/[:.$]$/.test(before)) return null;
  if (!word && !BEFORE.test(before) && before) return null;
  await known();
  const text = context.state.doc.toString();
  const found = await ask({ what: "complete", text, at: context.pos, manual: context.explicit });
  if (!found || context.aborted) return null;
  const begun = word ? found.filter(({ label }) => label.toLowerCase().startsWith(word[0].toLowerCase())) : found;
  if (!context.explicit && word && begun.length === 1 && begun[0].label === word[0]) return null; // it is all there
  return { from: context.pos - (word ? word[0].length : 0), options: found.map(option), validFor: /^[\p{L}\p{N}_]*$/u };
};

function named([, what, quote, begun], at, { kinds = [], categories = [] }) {
  const names = what.toLowerCase() === "kind" ? kinds : categories;
  const apply = (name) => name.replaceAll("\\", "\\\\").replaceAll(quote, "\\" + quote);
  const options = names.map((name) => ({ label: name, apply: apply(name), type: "text" }));
  return { from: at - begun.length, options, validFor: /^[^"']*$/ };
}

const option = ({ label, insertText, kind, detail, documentation }) => ({
  label,
  apply: insertText || label,
  type: TYPES[kind] || "text",
  detail,
  info: documentation || undefined,
});
