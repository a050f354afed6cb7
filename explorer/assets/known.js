/* Arrangements that were calculated before, kept in the browser: a map that is opened every day is not calculated every day.

   The same question (which terms and relations, in which order and room, by which version of us) has the same answer. Of
   the question only a fingerprint is kept, of the answer only numbers: no name stays behind when somebody logs out. */
(function (root) {
  "use strict";

  const STORAGE = "conceptmap-known";
  const MOST = 24; // those go first that were not wanted for the longest

  const isEntry = (entry) => Array.isArray(entry) && Array.isArray(entry[1]);

  /** What is known. `storage` gives the browser's, which may be full or forbidden; `version` is part of each question. */
  function create(storage, version) {
    const read = () => {
      try {
        const found = JSON.parse(storage().getItem(STORAGE));
        return Array.isArray(found) ? found.filter(isEntry) : [];
      } catch {
        return [];
      }
    };

    /** The places, [{x, y}], that answer this question for so many terms; null when it was not asked before. */
    function find(question, count) {
      const mark = fingerprint(version, question);
      const kept = read();
      const at = kept.findIndex((entry) => entry[0] === mark);
      const numbers = at < 0 ? [] : kept[at][1];
      if (numbers.length !== 2 * count || !numbers.every(Number.isFinite)) return null;
      if (at > 0) write(kept[at], kept);
      return Array.from({ length: count }, (_, term) => ({ x: numbers[2 * term], y: numbers[2 * term + 1] }));
    }

    function keep(question, places) {
      write([fingerprint(version, question), places.flatMap(({ x, y }) => [x, y])], read());
    }

    /** This one first. */
    function write(entry, kept) {
      const others = kept.filter(([mark]) => mark !== entry[0]);
      try {
        storage().setItem(STORAGE, JSON.stringify([entry, ...others].slice(0, MOST)));
      } catch {
        // it is calculated the next time
      }
    }

    return { find, keep };
  }

  /** 64 bits of a text: two sums in the manner of FNV-1a, of which one also counts the places. */
  function fingerprint(...texts) {
    let one = 0x811c9dc5;
    let other = 0x01000193;
    const text = JSON.stringify(texts);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ (code + at), 0x85ebca6b);
    }
    return [one, other].map((sum) => (sum >>> 0).toString(36)).join("-");
  }

  if (typeof module !== "undefined" && module.exports) module.exports = { create, fingerprint, MOST, STORAGE };
  else (root.conceptmap = root.conceptmap || {}).known = create(() => root.localStorage, document.currentScript.src);
})(typeof window === "undefined" ? globalThis : window);
