/* Hints that come after a moment: the definition of a term on the map or in a list, the words of a relation.
   Text only, never HTML: definitions come from files of anyone. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const DELAY = 380;
  const LINGER = 250; // the way from a term to its hint, which may be pointed at as well
  let timer = 0;
  let described = null; // the element with the focus that the hint is about

  function element() {
    let tip = document.getElementById("tip");
    if (!tip) {
      tip = document.createElement("div");
      tip.id = "tip";
      tip.setAttribute("role", "tooltip");
      tip.addEventListener("pointerenter", () => clearTimeout(timer));
      tip.addEventListener("pointerleave", leave);
      document.body.append(tip);
    }
    return tip;
  }

  function hide() {
    clearTimeout(timer);
    const tip = document.getElementById("tip");
    if (tip) tip.classList.remove("shown");
    if (described) described.removeAttribute("aria-describedby");
    described = null;
  }

  const shown = () => Boolean(document.querySelector("#tip.shown"));

  /** The pointer has left what the hint is about: perhaps towards the hint. */
  function leave() {
    if (!shown()) return hide();
    clearTimeout(timer);
    timer = setTimeout(hide, LINGER);
  }

  /** Show `lines` (the first in bold if there is a second) beside the box that `where()` gives. */
  function later(lines, where) {
    hide();
    timer = setTimeout(() => {
      const tip = element();
      tip.replaceChildren(
        ...lines.filter(Boolean).map((line, index) => {
          const part = document.createElement(index === 0 && lines[1] ? "strong" : "span");
          part.textContent = line;
          return part;
        }),
      );
      tip.classList.add("shown");
      const box = where();
      const { width, height } = tip.getBoundingClientRect();
      const left = Math.min(Math.max(8, box.x + box.w / 2 - width / 2), window.innerWidth - width - 8);
      const above = box.y - height - 10;
      tip.style.left = left + "px";
      tip.style.top = (above > 8 ? above : Math.min(box.y + box.h + 10, window.innerHeight - height - 8)) + "px";
    }, DELAY);
  }

  function onMap(data, box) {
    const lines = data.source
      ? [relation(data), data.note]
      : [data.label, [data.category, data.definition].filter(Boolean).join(" — ")];
    later(lines, () => {
      const area = document.getElementById("map-box").getBoundingClientRect();
      const { x1, y1, w, h } = box();
      return { x: area.x + x1, y: area.y + y1, w, h };
    });
  }

  function relation(data) {
    const name = (id) => root.cy.getElementById(id).data("label");
    return `${name(data.source)} ${data.label} ${name(data.target)}`;
  }

  function onList(source, focused = false) {
    const text = source.dataset.tip;
    if (!text) return;
    later([text], () => {
      described = focused ? source : null;
      if (described) described.setAttribute("aria-describedby", "tip");
      const { x, y, width, height } = source.getBoundingClientRect();
      return { x, y, w: width, h: height };
    });
  }

  document.addEventListener("pointerover", (event) => {
    const source = event.target.closest && event.target.closest("[data-tip]");
    if (source && event.pointerType !== "touch") onList(source);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.target.closest && event.target.closest("[data-tip]")) leave();
  });
  document.addEventListener("focusin", (event) => {
    const source = event.target.closest("[data-tip]");
    if (source && source.matches(":focus-visible")) onList(source, true);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, true);

  root.tip = { onMap, hide, leave, shown };
})();
