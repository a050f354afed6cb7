/* The keyboard of the text twin. Its list is one stop of Tab: up and down go from term to term, right and left
   through what belongs to one; a menu holds what can be done with a term. After each change the focus is on the
   same term again, on the newly selected one, or on the one that has taken its place. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const MORE = 12;
  let last = null; // what in the list has, or had until it was drawn anew, the focus
  let selected = ""; // the selected term when the list was drawn last

  const byId = (id) => document.getElementById(id);
  const rows = () => [...document.querySelectorAll("#twin-body > ul > li")];
  const cells = (row) => [...row.querySelectorAll("button")];
  const rowOf = (element) => element.closest("#twin-body > ul > li");
  const termOf = (row) => row.querySelector(".term").dataset.of;
  const menu = () => byId("twin-menu");
  const view = () => root.view.parse(window.location.search);

  /* One stop of Tab. */

  function rove(cell) {
    document.querySelectorAll('#twin-body > ul [tabindex="0"]').forEach((one) => (one.tabIndex = -1));
    cell.tabIndex = 0;
  }

  function go(cell) {
    if (!cell) return;
    rove(cell);
    cell.focus();
  }

  document.addEventListener("focusin", ({ target }) => {
    const row = rowOf(target);
    if (row) {
      rove(target);
      last = { term: termOf(row), act: target.dataset.act, of: target.dataset.of, row: rows().indexOf(row) };
    } else if (!target.closest("#twin-menu")) last = null;
    if (!target.closest("#twin-menu")) close();
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget) queueMicrotask(() => target.isConnected && document.hasFocus() && (last = null));
  });

  /* After a change. */

  /** The cell that the reader was at, in the list as it is now. */
  function again(list, another) {
    const current = list.find((row) => row.ariaCurrent === "true");
    if (!last || (another && current)) return current || list[0];
    const row = list.find((one) => termOf(one) === last.term);
    const same = row && cells(row).find((one) => one.dataset.act === last.act && one.dataset.of === last.of);
    return same || row || list[Math.min(last.row, list.length - 1)];
  }

  function redrawn() {
    const list = rows();
    const another = view().term !== selected;
    selected = view().term;
    close();
    if (!list.length) return;
    list.forEach((row) => cells(row).forEach((one) => (one.tabIndex = -1)));
    const place = again(list, another);
    const cell = place.matches("button") ? place : cells(place)[0];
    if (last) go(cell);
    else rove(cell);
  }

  /* The menu of a term. */

  const items = () => [...menu().querySelectorAll("[role=menuitem]")].filter((item) => !item.hidden);
  const opener = () => document.querySelector('#twin-body [aria-haspopup][aria-expanded="true"]');

  function close(refocus = false) {
    const from = opener();
    if (menu()) menu().hidden = true;
    if (!from) return;
    from.setAttribute("aria-expanded", "false");
    if (refocus) go(from);
  }

  /** Open the menu beside the button of this term, or close it. */
  function open(of) {
    const from = rows().flatMap(cells).find((one) => one.ariaHasPopup && one.dataset.of === of);
    if (!from || from === opener()) return close(true);
    close();
    go(from);
    const usable = {
      more: Number(from.dataset.waiting) > 0,
      collapse: view().opened.some((opened) => opened.term === of),
      focus: view().focus !== of,
    };
    for (const item of menu().querySelectorAll("[role=menuitem]")) {
      item.dataset.of = of;
      item.hidden = usable[item.dataset.act] === false;
      if (item.dataset.act === "more") item.textContent = `Bring in ${Math.min(from.dataset.waiting, MORE)} more`;
    }
    from.setAttribute("aria-expanded", "true");
    menu().setAttribute("aria-label", from.ariaLabel);
    menu().hidden = false;
    place(from);
    items()[0].focus();
  }

  function place(from) {
    const [button, twin] = [from.getBoundingClientRect(), byId("text-twin")];
    const ground = twin.getBoundingClientRect();
    const below = button.bottom + menu().offsetHeight < ground.bottom;
    const top = below ? button.bottom : button.top - menu().offsetHeight;
    menu().style.top = top - ground.top + twin.scrollTop + "px";
    menu().style.right = ground.right - button.right + "px";
  }

  function inMenu(event) {
    const all = items();
    const at = all.indexOf(event.target);
    const to = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all[(at + all.length - 1) % all.length],
      Home: all[0],
      End: all[all.length - 1],
    }[event.key];
    if (to) to.focus();
    else if (event.key === "Escape" || event.key === "Tab" || event.key === "ArrowLeft") close(true);
    else return event.key.length === 1 && event.key !== " ";
    return event.key !== "Tab"; // which goes on from the button
  }

  /* What is chosen is done by actions.js; the list is drawn anew, and the focus is where it was opened from. */
  document.addEventListener("click", (event) => {
    if (event.target.closest("#twin-menu")) close(true);
    else if (!event.target.closest("[aria-haspopup]")) close();
  });

  /* Keys. */

  function inList(event) {
    const { target, key, shiftKey } = event;
    const list = rows();
    const row = rowOf(target);
    const [at, inRow] = [list.indexOf(row), cells(row)];
    const to = {
      ArrowDown: () => list[at + 1],
      ArrowUp: () => list[at - 1],
      Home: () => list[0],
      End: () => list[list.length - 1],
      ArrowRight: () => inRow[inRow.indexOf(target) + 1],
      ArrowLeft: () => inRow[inRow.indexOf(target) - 1],
    }[key];
    if (to) {
      const found = to();
      go(found && found.matches("li") ? cells(found)[0] : found);
      return true;
    }
    return act(key, shiftKey, target.dataset.of, termOf(row));
  }

  function act(key, shiftKey, of, term) {
    if (key === "Enter" && shiftKey) root.actions.run("focus", of);
    else if (key === "Delete") root.actions.run("hide", of);
    else if (key === "e" && root.keys.single()) root.actions.run("more", of);
    else if (key === "E" && root.keys.single()) root.actions.run("collapse", of);
    else if (key === "ContextMenu" || (key === "F10" && shiftKey)) open(term);
    else return false;
    return true;
  }

  // Before keys.js, whose keys are about the selected term.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      const handled = target.closest("#twin-menu") ? inMenu(event) : rowOf(target) && inList(event);
      if (!handled) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  /** The text view was opened: its list is drawn in a moment, and read from its beginning. On a phone the sheet makes room. */
  function opened() {
    byId("panel").classList.remove("tall");
    byId("text-twin").querySelector("button").focus();
    root.follow.text();
  }

  function draw(parts) {
    root.draw(byId("twin-body"), parts);
    requestAnimationFrame(redrawn);
  }

  root.twin = { redrawing: () => Boolean(last), open: () => !byId("text-twin").hidden, draw, menu: open, opened };
})();
