/* What opens over the page: the console, beside which the map stays in use, and the help for keys, beside which nothing
   else is. Both are the browser's own dialogs: it keeps the focus within the second and gives it back from both. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const dialog = (id) => document.getElementById(id);

  const console = () => root.console.open();

  function keys() {
    const help = dialog("keys-help");
    if (!help.open) help.showModal();
  }

  function close(one) {
    one.close();
    if (one.id === "console") root.console.closed();
    // Where nothing had the focus before, it would stay in the closed dialog until the next picture.
    if (one.contains(document.activeElement)) document.activeElement.blur();
  }

  const open = () => document.querySelector("dialog:modal") || document.querySelector("dialog[open]");

  // A click beside a dialog that keeps the rest of the page away.
  document.addEventListener("click", ({ target, clientX, clientY }) => {
    if (!target.matches("dialog:modal")) return;
    const { left, right, top, bottom } = target.getBoundingClientRect();
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) close(target);
  });

  root.dialogs = { console, keys, open, close };
})();
