/* The menu of a term, and of the ground: by right click, by a long touch, by the button "…" in the panel, by key; and
   the menus of other buttons (export.js).

   As WAI-ARIA has it: arrow keys, Home and End, Escape gives the focus back. What an item does is an action of
   actions.js. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const EDGE = 8;
  const BATCH = 12; // as explorer/scenes.py
  let menu = null;
  let opener = null; // who gets the focus back
  let holding = false; // the touch that opened the menu is still down: its end selects nothing

  const view = () => root.view.parse(window.location.search);

  /** What can be done with a term: [action, words, icon]. */
  function ofTerm(id) {
    const { opened, focus } = view();
    const there = root.map.has(id);
    const waiting = there ? root.map.waiting(id) : 0;
    const pinned = root.moves.isPinned(id);
    return [
      (waiting || !there) && ["more", waiting ? `Expand (${Math.min(waiting, BATCH)} more)` : "Expand", "plus"],
      opened.some((one) => one.term === id) && ["collapse", "Collapse", "minus"],
      there && ["hide", "Hide", "hide"],
      focus !== id && ["focus", "Focus", "focus"],
      root.path && ["path-from", "Path from here", "path"],
      there && (pinned ? ["unpin", "Unpin", "pin"] : ["pin", "Pin", "pin"]),
      ["copy", "Copy link", "link"],
    ].filter(Boolean);
  }

  function ofGround() {
    const { hidden, hiddenSets, hiddenKinds, without } = view();
    return [
      ["fit", "Fit to the window", "fit"],
      ["overview", "Overview", "back"],
      ["arrange", "Arrange anew", "arrange"],
      hidden.length + hiddenSets.length + hiddenKinds.length + without.length && ["unhide", "Show all that was hidden", "show"],
    ].filter(Boolean);
  }

  /** Open the menu of a term, or of the ground when `id` is empty, at a point of the window. */
  function open(id, at, source) {
    const title = id ? root.map.nameOf(id) : "The map";
    const label = id ? `Actions for ${title}` : "Actions for the map";
    show({ title, label, items: id ? ofTerm(id) : ofGround() }, id, at, source);
  }

  function show({ title: name, label, items: offered }, id, { x, y }, source) {
    close();
    root.tip.hide();
    opener = source || document.activeElement;
    if (!opener || opener === document.body) opener = document.getElementById("map-box");
    menu = document.createElement("div");
    menu.id = "menu";
    menu.setAttribute("role", "menu");
    menu.setAttribute("aria-label", label);
    const title = document.createElement("div");
    title.className = "menu-title";
    title.setAttribute("role", "presentation");
    title.textContent = name;
    menu.append(title, ...offered.map((one) => item(one, id)));
    menu.addEventListener("keydown", onKey);
    menu.addEventListener("contextmenu", (event) => event.preventDefault());
    const main = document.getElementById("main"); // the header lies over it: not into that
    main.append(menu);
    const { width, height } = menu.getBoundingClientRect();
    const { top, right, bottom } = main.getBoundingClientRect();
    menu.style.left = Math.max(EDGE, Math.min(x, right - width - EDGE)) + "px";
    menu.style.top = Math.max(top + EDGE, Math.min(y, bottom - height - EDGE)) + "px";
    if (source) source.setAttribute("aria-expanded", "true");
    items()[0].focus({ preventScroll: true });
  }

  function item([act, words, icon, of], id) {
    const made = document.createElement("button");
    made.type = "button";
    made.setAttribute("role", "menuitem");
    made.tabIndex = -1;
    const mark = document.createElement("span");
    mark.className = `icon icon-${icon}`;
    mark.setAttribute("aria-hidden", "true");
    made.append(mark, words);
    made.addEventListener("click", () => {
      close(true);
      if (act === "path-from") root.path.begin(id);
      else root.actions.run(act, of ?? id);
    });
    made.addEventListener("pointermove", () => made.focus({ preventScroll: true }));
    return made;
  }

  const items = () => [...menu.querySelectorAll("[role=menuitem]")];

  function close(giveBack = false) {
    if (!menu) return;
    menu.remove();
    menu = null;
    if (opener.hasAttribute("aria-expanded")) opener.setAttribute("aria-expanded", "false");
    if (giveBack && opener.isConnected) opener.focus({ preventScroll: true });
  }

  function onKey(event) {
    const all = items();
    const at = all.indexOf(document.activeElement);
    const to = {
      ArrowDown: () => all[(at + 1) % all.length].focus(),
      ArrowUp: () => all[(at - 1 + all.length) % all.length].focus(),
      Home: () => all[0].focus(),
      End: () => all[all.length - 1].focus(),
      Escape: () => close(true),
      Tab: () => close(true),
    }[event.key];
    event.stopPropagation(); // the keys of the page have to wait
    if (to) event.preventDefault();
    if (to) to();
    else if (event.key.length === 1 && event.key !== " ") byLetter(all, at, event.key.toLowerCase());
  }

  function byLetter(all, at, letter) {
    const round = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    const found = round.find((one) => one.textContent.toLowerCase().startsWith(letter));
    if (found) found.focus();
  }

  /** By key, for the selected term; for the ground when there is none. */
  function byKey() {
    const id = view().term;
    const button = document.querySelector("#panel-body [data-act=menu]");
    if (id && !root.map.has(id)) return button && byButton(id, button);
    const area = document.getElementById("map-box").getBoundingClientRect();
    const at = id ? root.cy.getElementById(root.map.marked(id)).renderedPosition() : { x: area.width / 2, y: area.height / 3 };
    open(id, { x: area.left + at.x + 12, y: area.top + at.y + 12 });
  }

  const below = (source) => ({ x: source.getBoundingClientRect().left, y: source.getBoundingClientRect().bottom + 4 });

  function byButton(id, source) {
    if (menu && opener === source) return close(true);
    open(id, below(source), source);
  }

  /** The menu of a button that is about no term. */
  function ofButton(offer, source) {
    if (menu && opener === source) return close(true);
    show(offer, "", below(source), source);
  }

  /** On the map: right click, and a long touch. */
  function listen(cy, termOf) {
    const openAt = (event) => {
      const area = document.getElementById("map-box").getBoundingClientRect();
      const { x, y } = event.renderedPosition;
      open(event.target === cy ? "" : termOf(event.target), { x: area.left + x, y: area.top + y });
    };
    const isOurs = (event) => event.target === cy || event.target.isNode();
    cy.on("cxttap", (event) => isOurs(event) && openAt(event));
    cy.on("tapstart", () => (holding = false));
    cy.on("taphold", (event) => {
      if (!isOurs(event) || !event.originalEvent.type.startsWith("touch")) return;
      holding = true;
      openAt(event);
    });
  }

  document.addEventListener(
    "pointerdown",
    (event) => menu && !menu.contains(event.target) && !(opener && opener.contains(event.target) && opener.dataset.act) && close(),
    true,
  );
  // The key for menus would open the browser's as well.
  document.addEventListener("contextmenu", (event) => event.target.closest("#map-box") && event.preventDefault());
  window.addEventListener("resize", () => close());
  window.addEventListener("popstate", () => close());

  root.menu = { byKey, byButton, ofButton, listen, held: () => holding };
})();
