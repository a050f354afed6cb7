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

  /** Asks what is to be seen at an address: what stops it, the answer on its way, and what that will say. */
  root.askFor = (search, shown, look) => {
    const stop = new AbortController();
    const answer = root.ask("/_view", { search, shown, look }, stop.signal);
    return { search, shown, stop, answer, content: answer.then((one) => one.json()) };
  };

  root.first = root.askFor(window.location.search, "", true);
  root.first.content.catch(() => {}); // told by who takes it
})();
