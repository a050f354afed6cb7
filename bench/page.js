/* Clocks in the explorer's own page (bench/page.py puts them there before its scripts). A figure is in milliseconds from
   the reader's input, as the browser dates it, to what answers it on the page: no round trip to the bench is in it. */
(function () {
  "use strict";

  const scene = () => window.conceptmap && window.conceptmap.map && window.conceptmap.map.scene();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const element = (selector) => document.querySelector(selector);

  async function until(true_, patience = 30000) {
    const end = performance.now() + patience;
    while (!true_()) {
      if (performance.now() > end) throw new Error("waited in vain for " + true_);
      await frame();
    }
    return performance.now();
  }

  /** From the beginning of the navigation to a map that is seen, with a panel beside it. */
  const started = until(() => scene() && element("#panel-body h2"));

  const still = (cy) => !cy.animated() && cy.elements(":animated").empty();

  /** Resolves once the map that the address asks for stands. */
  async function settled(serial = 0) {
    await until(() => scene() && scene().serial > serial && still(window.conceptmap.cy));
    for (let frames = 0; frames < 3; frames += 1) await frame();
    return scene().serial;
  }

  /** The next click on a term: to its name in the panel, to the first picture with the scene that it asked for, and to
      the first in which nothing is moving any more. */
  function click(term) {
    const { cy } = window.conceptmap;
    const before = scene().serial;
    const name = cy.$id(term).data("label");
    return new Promise((resolve, reject) => {
      const found = {};
      let start = 0;
      const mark = (what) => {
        if (!(what in found)) found[what] = performance.now() - start;
        if ("panel" in found && "settled" in found) {
          panel.disconnect();
          cy.off("render", look);
          resolve({ ...found, nodes: cy.nodes().length });
        }
      };
      const panel = new MutationObserver(() => element("#term-name")?.textContent === name && mark("panel"));
      const look = () => {
        if (scene().serial === before) return;
        mark("drawn");
        if (still(cy)) mark("settled");
      };
      window.addEventListener("mouseup", (event) => (start = event.timeStamp), { capture: true, once: true });
      panel.observe(element("#panel-body"), { childList: true, subtree: true });
      cy.on("render", look);
      setTimeout(() => reject(new Error(`the click on ${term} gave ${JSON.stringify(found)}`)), 20000);
    });
  }

  /** From the keystroke that makes the search box hold `words` to the list that answers it. */
  function typed(words) {
    const input = element("#search");
    return new Promise((resolve, reject) => {
      let start = 0;
      const key = (event) => (start = event.timeStamp);
      const list = new MutationObserver(() => {
        if (input.value !== words) return;
        input.removeEventListener("keydown", key, true);
        list.disconnect();
        resolve(performance.now() - start);
      });
      input.addEventListener("keydown", key, true);
      list.observe(element("#suggestions"), { childList: true });
      list.observe(element("#nothing-found"), { childList: true });
      setTimeout(() => reject(new Error(`no suggestions for ${words}: ${input.value}, ${document.activeElement.id}`)), 20000);
    });
  }

  /** Resolves once there is something to suggest from; of a million names that takes minutes. */
  async function indexed() {
    for (let tries = 0; tries < 2000; tries += 1) {
      const answer = await fetch("/_suggest?q=a");
      if (!(await answer.json()).message) return;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    throw new Error("there is no search index");
  }

  /** Nothing in the search box; React must see the change. */
  function empty() {
    const input = element("#search");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, "");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Terms of the map whose middle can be clicked, those with neighbours that are not shown first. */
  function clickable() {
    const { cy } = window.conceptmap;
    const box = cy.container().getBoundingClientRect();
    const free = (node) => {
      const { x, y } = node.renderedPosition();
      const under = document.elementFromPoint(box.left + x, box.top + y);
      const { x: there, y: down } = node.position();
      const hit = cy.renderer().findNearestElement(there, down, true, false);
      return under && under.tagName === "CANVAS" && hit && hit.same(node);
    };
    return cy
      .nodes()
      .filter((node) => free(node))
      .sort((a, b) => Number(b.data("waiting") > 0) - Number(a.data("waiting") > 0) || (a.id() < b.id() ? -1 : 1))
      .map((node) => node.id());
  }

  function place(term) {
    const { cy } = window.conceptmap;
    const box = cy.container().getBoundingClientRect();
    const { x, y } = cy.$id(term).renderedPosition();
    return [box.left + x, box.top + y];
  }

  /** What a page with nothing but cytoscape.js needs to show the same. */
  function shown() {
    const { cy } = window.conceptmap;
    const elements = cy.elements().map((one) => {
      const { group, data, position } = one.json();
      return { group, data, ...(group === "nodes" ? { position } : {}) };
    });
    return { elements, zoom: cy.zoom(), pan: cy.pan() };
  }

  /** Put a bare cytoscape.js in the place of the explorer: names, positions and nothing else. */
  async function bare({ elements, zoom, pan }) {
    const { cy } = window.conceptmap;
    const box = cy.container().getBoundingClientRect();
    const Core = cy.constructor;
    const holder = document.createElement("div");
    const { left, top, width, height } = box;
    Object.assign(holder.style, { position: "fixed", left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    cy.destroy();
    document.body.replaceChildren(holder);
    const style = [{ selector: "node", style: { label: "data(label)" } }];
    window.bench.cy = new Core({ container: holder, elements, style, zoom, pan, layout: { name: "preset", fit: false } });
    await frame();
    await frame();
  }

  /** How long bare cytoscape.js takes from new elements to the picture with them. */
  function added(elements) {
    const { cy } = window.bench;
    return new Promise((resolve) => {
      const start = performance.now();
      cy.one("render", () => resolve(performance.now() - start));
      cy.add(elements);
    });
  }

  /** Pictures a second while the map is dragged round in circles, one step a frame. */
  async function pan(seconds) {
    const cy = window.bench.cy || window.conceptmap.cy;
    const box = cy.container().getBoundingClientRect();
    const from = { x: box.left + 8, y: box.top + box.height / 2 };
    const fire = (type, target, x, y) =>
      target.dispatchEvent(
        new MouseEvent(type, { clientX: x, clientY: y, buttons: 1, bubbles: true, cancelable: true, view: window }),
      );
    let pictures = 0;
    const count = () => (pictures += 1);
    const held = document.elementFromPoint(from.x, from.y);
    fire("mousedown", held, from.x, from.y);
    const before = { ...cy.pan() };
    let moved = 0;
    const step = (turn) => {
      fire("mousemove", held, from.x + 60 - 60 * Math.cos(turn), from.y + 60 * Math.sin(turn));
      moved = Math.max(moved, Math.abs(cy.pan().x - before.x));
    };
    for (let frames = 0; frames < 20; frames += 1) {
      step(frames / 20);
      await frame();
    }
    cy.on("render", count);
    const start = performance.now();
    let frames = 0;
    while (performance.now() - start < seconds * 1000) {
      frames += 1;
      step(1 + frames / 20);
      await frame();
    }
    const took = (performance.now() - start) / 1000;
    cy.off("render", count);
    fire("mouseup", held, from.x, from.y);
    if (moved < 50) throw new Error("the map did not follow the drag");
    return Math.min(frames, pictures) / took;
  }

  window.bench = { started, settled, serial: () => scene().serial, click, indexed, typed, empty, clickable, place, shown, bare, added, pan };
})();
