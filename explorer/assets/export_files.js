/* What is on the map as a file that the explorer writes from its database: GraphML, CSV, HTML. */
(function (root) {
  "use strict";

  const PATIENCE = 60000;

  /** Where the file of a map is; `search` is the address of the map. */
  const source = (format, search) => `/_export?format=${format}${search.replace(/^\?/, "&")}`;

  /** Why there is no file: the explorer's own sentence, or that it did not get to say one. */
  function refusal({ status, type, text }) {
    const said = type.startsWith("text/plain") && text.trim();
    return said || `The explorer answered with an error (${status}): reload the page, and try again.`;
  }

  const silence = (error) =>
    error.name === "TimeoutError"
      ? "The explorer took too long to answer: show less on the map, or try again."
      : "The explorer does not answer: start it again, or try again when it is back.";

  /** The file, and what its format had no place for. Throws an Error with a sentence for the reader. */
  async function read(format, search) {
    let answer = null;
    try {
      answer = await fetch(source(format, search), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) {
        return { blob: await answer.blob(), leftOut: decodeURIComponent(answer.headers.get("X-Left-Out") || "") };
      }
      answer = { status: answer.status, type: answer.headers.get("Content-Type") || "", text: await answer.text() };
    } catch (error) {
      throw new Error(silence(error));
    }
    throw new Error(refusal(answer));
  }

  const api = { source, refusal, silence, read };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).exportFiles = api;
})(typeof window === "undefined" ? globalThis : window);
