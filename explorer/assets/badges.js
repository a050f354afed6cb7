/* Marks on terms: "+45" on one that was opened and has more neighbours than the map shows, a pin on one that is pinned. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const PIN = "M6.2 1.6h5.6l-.7 1v3.2l2.1 2.6v1.3H9.7v4.2L9 15.2l-.7-1.3V9.7H4.8V8.4l2.1-2.6V2.6z";

  /** Give their marks to the `opened` terms (a Set of ids), the `chosen` one and the pinned ones. Gives those that have one. */
  function give(cy, chosen, opened) {
    const badged = cy.collection();
    const { pins } = root.arrangements.now() || { pins: new Set() };
    const counted = new Set([...opened, ...chosen.map((node) => node.id())]);
    for (const id of new Set([...counted, ...pins])) {
      const node = cy.getElementById(id);
      if (node.empty()) continue;
      const waiting = counted.has(id) ? node.data("waiting") : 0;
      if (!waiting && !pins.has(id)) continue;
      const { image, width } = badge(waiting ? "+" + waiting : "", pins.has(id));
      if (node.data("badge") !== image) node.data({ badge: image, badgeWidth: width });
      badged.merge(node);
    }
    return badged;
  }

  function badge(text, pinned) {
    const dark = root.theme.current() === "dark";
    const [ground, ink] = dark ? ["#e7e9ee", "#14161b"] : ["#22262e", "#ffffff"];
    const room = pinned ? 18 : 0;
    const width = text ? 10 + text.length * 7 + (pinned ? 12 : 0) : room;
    const middle = text && pinned ? (width + 13) / 2 : width / 2;
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="18">` +
      `<rect width="${width}" height="18" rx="9" fill="${ground}"/>` +
      (pinned ? `<path d="${PIN}" fill="${ink}" transform="translate(${text ? 1 : 0} 1)"/>` : "") +
      `<text x="${middle}" y="13" font-family="system-ui,sans-serif" font-size="11" font-weight="600"` +
      ` text-anchor="middle" fill="${ink}">${text}</text></svg>`;
    return { image: "data:image/svg+xml;utf8," + encodeURIComponent(svg), width };
  }

  root.badges = { give };
})();
