/* What can be read off a statement without asking anybody: its parameters; and the list of statements that were run.
   Pure: nothing here touches the page. */
(function (root) {
  "use strict";

  const MOST = 50;
  const LONGEST = 20000; // letters of a statement that is kept
  const TYPES = ["string", "term", "category", "kind", "set", "integer", "number", "boolean", "strings"];
  // What is no parameter: comments, texts, names in quotes.
  const ASIDE = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:\\.|[^'\\])*(?:'|$)|"(?:\\.|[^"\\])*(?:"|$)|`(?:``|[^`])*(?:`|$)/g;
  const NAME = /\$([\p{L}\p{N}_]+)/gu;
  const DECLARED = /^\/\/\s*Parameter\s*:\s*(\w+)\s*:\s*([\w-]+)\s*(?:=\s*(.*?))?\s*(?:\s--\s*(.*))?$/i;

  /** The names of the parameters that a statement uses, each once, in their order. */
  const used = (text) => [...new Set([...text.replace(ASIDE, " ").matchAll(NAME)].map(([, name]) => name))];

  /** What the comments at the head declare: name to {type, default, help}. */
  function declared(text) {
    const found = new Map();
    for (const line of text.split("\n")) {
      if (!line.startsWith("//")) break;
      const [, name, type, given, help] = DECLARED.exec(line.trim()) || [];
      if (name && TYPES.includes(type)) found.set(name, { type, default: shown(given), help: help || "" });
    }
    return found;
  }

  /** A default, which is JSON, as it stands in a field. */
  function shown(json) {
    if (json === undefined || json === "") return "";
    try {
      const value = JSON.parse(json);
      if (Array.isArray(value)) return value.join(", ");
      return typeof value === "object" ? json : String(value);
    } catch {
      return json;
    }
  }

  /** A field for each parameter that a statement uses: {name, type, help, text}; `given` are [name, text] that win. */
  function fields(text, given = []) {
    const known = declared(text);
    const before = new Map(given);
    return used(text).map((name) => {
      const { type = "any", default: text_ = "", help = "" } = known.get(name) || {};
      return { name, type, help, text: before.has(name) ? before.get(name) : text_ };
    });
  }

  /** The history with this entry first; the same statement is there once. An entry is {text, given, at}. */
  function remember(history, entry) {
    if (!entry.text.trim() || entry.text.length > LONGEST) return history;
    return [entry, ...history.filter((one) => one.text !== entry.text)].slice(0, MOST);
  }

  /** What was stored, as far as it is a history. */
  function restored(json) {
    let found = null;
    try {
      found = JSON.parse(json);
    } catch {
      return [];
    }
    if (!Array.isArray(found)) return [];
    const isPair = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
    return found
      .filter((one) => one && typeof one.text === "string" && Number.isFinite(one.at))
      .map(({ text, given, at }) => ({ text, given: Array.isArray(given) ? given.filter(isPair) : [], at }))
      .slice(0, MOST);
  }

  /** A statement in one line: its title, or its first words that are no comment. */
  function title(text) {
    const named = /^\/\/\s*Title\s*:\s*(.+)$/im.exec(text);
    if (named) return named[1].trim();
    return text.replace(/^\s*\/\/[^\n]*$/gm, "").replace(/\s+/g, " ").trim() || text.trim();
  }

  const api = { used, declared, fields, remember, restored, title };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).statement = api;
})(typeof window === "undefined" ? globalThis : window);
