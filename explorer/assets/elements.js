/* What is on the map and how it is marked goes to cytoscape here, as what differs from before and in one batch.

   The component's own `elements` prop stays empty and its listeners are taken off: with them every click, hover and
   step of a drag has Dash compare, copy and hand back all elements with their styles, which takes longer than all the
   rest of a click. */
(function (root) {
  "use strict";

  // What the component listens to for props that nobody reads here.
  const EVENTS = "tap mouseover mouseout select unselect add remove dragfree resize viewport tapstart minMaxZoomChange";

  const release = (cy) => EVENTS.split(" ").forEach((event) => cy.off(event));

  /** Only these nodes and edges are there afterwards, with these data and, for nodes, positions. */
  function apply(cy, nodes, edges) {
    const wanted = new Map([...nodes, ...edges].map((element) => [element.data.id, element]));
    cy.batch(() => {
      cy.elements().filter((there) => !wanted.has(there.id())).remove();
      const fresh = [];
      wanted.forEach((element, id) => {
        const there = cy.getElementById(id);
        if (there.empty()) fresh.push(element);
        else change(there, element);
      });
      cy.add(fresh);
    });
  }

  function change(there, { data, position }) {
    const before = there.data();
    const changed = Object.entries(data).filter(([key, value]) => before[key] !== value);
    if (changed.length) there.data(Object.fromEntries(changed));
    if (!position) return;
    const { x, y } = there.position();
    if (x !== position.x || y !== position.y) there.position({ ...position });
  }

  /** Each class is on the elements of its collection and on no others. Who has it is not given it again: cytoscape would
      work out the style of each anew, and draw it. */
  function mark(cy, classes) {
    cy.batch(() =>
      Object.entries(classes).forEach(([name, elements]) => {
        without(cy.elements(`.${name}`), elements).removeClass(name);
        elements.filter((one) => !one.hasClass(name)).addClass(name);
      }),
    );
  }

  /** Those that are not among the others; cytoscape's own way makes a collection of each of them. */
  function without(elements, others) {
    const left = new Set(others.map((one) => one.id()));
    return elements.filter((one) => !left.has(one.id()));
  }

  const api = { release, apply, mark, without };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).elements = api;
})(typeof window === "undefined" ? globalThis : window);
