/* Asks for the first view while the browser reads the other scripts; follow.js takes the answer. Runs in the head. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});

  /** The server's answer to a question that it is asked as JSON. */
  root.ask = (route, question, signal) =>
    fetch(route, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
      cache: "no-store",
      signal,
    });

  const search = window.location.search;
  const stop = new AbortController();
  const answer = root.ask("/_view", { search, shown: "", look: true }, stop.signal);
  answer.catch(() => {}); // told by who takes it
  root.first = { search, shown: "", answer, stop };
})();
