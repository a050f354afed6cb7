/* The reader's session, where the explorer asks for a login: the way out, and what to do when it has ended while the
   page is open. Every answer of the explorer says so in a header; the map stays as it is. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const HEADER = "X-Session";
  const ended = () => document.documentElement.dataset.session === "ended";
  const here = () => encodeURIComponent(window.location.pathname + window.location.search);
  const plain = window.fetch;

  window.fetch = async (...given) => {
    const answer = await plain.apply(window, given);
    if (new URL(answer.url, window.location).origin === window.location.origin) heard(answer);
    return answer;
  };

  function heard(answer) {
    if (answer.headers.get(HEADER) !== "ended") {
      if (ended() && answer.ok) again();
      return;
    }
    const dialog = document.getElementById("session-ended");
    if (!dialog) {
      // The page has not even begun: nothing is lost by leaving it.
      window.location.assign(`/login?next=${here()}`);
      return;
    }
    // Whoever closed it to look at the map is told again when he asks for more.
    const asked = answer.status === 401;
    const way = document.getElementById("login-again");
    way.href = `/login?next=${here()}`;
    if (!dialog.open && (asked || !ended())) {
      dialog.showModal();
      way.focus();
    }
    document.documentElement.dataset.session = "ended";
  }

  /** Logged in elsewhere: this page goes on. */
  function again() {
    delete document.documentElement.dataset.session;
    const dialog = document.getElementById("session-ended");
    if (dialog.open) dialog.close();
  }

  async function leave() {
    try {
      await plain("/logout", { method: "POST", redirect: "manual" });
    } catch {
      root.announce.flash("The explorer does not answer: you are still logged in.");
      return;
    }
    window.location.assign("/login");
  }

  // Back, after logging out: the browser may have kept the page as it was.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && document.getElementById("session-ended")) window.location.reload();
  });

  document.addEventListener("click", ({ target }) => target.closest("#logout-button") && leave());
})();
