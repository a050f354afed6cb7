/* Neo4j's own language support in a thread of its own, so that typing never waits for it: what each part of a statement
   is, what is wrong in it, how it may go on. Questions come as {id, what, ...}, answers go as {id, answer}. */
import { CypherLanguageService, isNotParamError } from "@neo4j-cypher/language-support";
import { FUNCTIONS } from "./functions.js";

const VERSION = "CYPHER 5";
const CAUTION = 2; // the severity of a warning, as language servers count
// Iterators are lists of a sort in new browsers alone, and the completion takes them for such.
const Iterator = Object.getPrototypeOf(Object.getPrototypeOf(new Map().keys()));
if (!Iterator.toArray) Object.defineProperty(Iterator, "toArray", { value() { return [...this]; }, configurable: true });

const service = new CypherLanguageService({ consoleCommandsEnabled: false });
let known = {}; // of the graph: labels, relationshipTypes, propertyKeys

const plain = { isBuiltIn: true, description: "", signature: "", category: "", argumentDescription: [] };
const functions = Object.fromEntries(FUNCTIONS.map((name) => [name, { ...plain, name, isDeprecated: false }]));

const procedure = ({ name, signature, description }) => [
  name,
  { name, signature, description, argumentDescription: [], returnDescription: [], option: { deprecated: false } },
];

/* What is missing in the graph is told of labels and types alone: the lists of functions are not complete. */
const ofGraph = () => ({ labels: known.labels, relationshipTypes: known.relationshipTypes });
const ofAll = () => ({
  ...ofGraph(),
  propertyKeys: known.propertyKeys,
  procedures: { [VERSION]: Object.fromEntries((known.procedures || []).map(procedure)) },
  functions: { [VERSION]: functions },
});

const TASKS = {
  know({ schema }) {
    known = schema;
  },
  look({ text }) {
    const tokens = service.highlightSyntax(text).map((one) => [one.position.startOffset, one.length, one.tokenType]);
    const marks = service
      .lint(text, ofGraph())
      .diagnostics.filter(isNotParamError)
      .map(({ offsets, message, severity }) => ({
        from: offsets.start,
        to: offsets.end,
        severity: severity >= CAUTION ? "warning" : "error",
        message: message.replace(/ is not present in the database\..*/s, " is not in this graph."),
      }));
    return { tokens, marks };
  },
  complete({ text, at, manual }) {
    return service
      .autocomplete(text, ofAll(), { caretPosition: at, manual })
      .map(({ label, insertText, kind, detail, documentation }) => ({ label, insertText, kind, detail, documentation }));
  },
};

self.addEventListener("message", ({ data: { id, what, ...given } }) => {
  let answer = null;
  try {
    answer = TASKS[what](given);
  } catch (error) {
    console.warn("Cypher could not be looked at:", error);
  }
  self.postMessage({ id, answer });
});
