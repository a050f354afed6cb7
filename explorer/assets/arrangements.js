/* Where the terms are on each map, kept in the session.

   An arrangement belongs to one map (its key: base and layout). It has a place for everybody who was ever put on it, in
   the order in which they were put, and knows who is pinned. Nobody moves within it: who comes later is added, and a
   term that is dragged or pinned begins a copy. So Back and undo only name the arrangement that they lead to. */
(function (root) {
  "use strict";

  const INDEX = "conceptmap-arrangements";
  const MOST = 60; // the oldest go first

  /** The arrangements of a session. `storage` is the browser's, which may be full or forbidden: then they last as long
      as the page. */
  function create(storage) {
    const memory = new Map();
    const index = { next: 1, latest: {}, kept: [], ...read(INDEX) };
    let current = null;
    let aimed = null;

    function read(name) {
      try {
        return JSON.parse(storage().getItem(name));
      } catch {
        return null;
      }
    }

    function write(name, value) {
      try {
        storage().setItem(name, JSON.stringify(value));
      } catch {
        // the page itself still knows
      }
    }

    function find(id) {
      if (!id || memory.has(id)) return memory.get(id) || null;
      const found = read(`${INDEX}-${id}`);
      return found && { id, key: found.key, places: new Map(found.places), pins: new Set(found.pins) };
    }

    function make(key, places = new Map(), pins = new Set()) {
      current = { id: index.next, key, places, pins };
      index.next += 1;
      memory.set(current.id, current);
      return current;
    }

    /** Of the current arrangement, what it is to be known by later. */
    function keep() {
      const { id, key, places, pins } = current;
      memory.set(id, current);
      index.latest[key] = id;
      index.kept = [...index.kept.filter((one) => one !== id), id];
      for (const old of index.kept.splice(0, Math.max(0, index.kept.length - MOST))) forget(old);
      write(`${INDEX}-${id}`, { key, places: [...places], pins: [...pins] });
      write(INDEX, index);
    }

    function forget(id) {
      memory.delete(id);
      for (const key of Object.keys(index.latest)) if (index.latest[key] === id) delete index.latest[key];
      try {
        storage().removeItem(`${INDEX}-${id}`);
      } catch {
        // forbidden: nothing is there
      }
    }

    /** The arrangement that the next map shall have, if it is one of its own. True when the present map is, and now has it. */
    function aim(id) {
      aimed = find(id);
      if (!aimed || !current || aimed.key !== current.key) return false;
      const another = aimed.id !== current.id;
      current = aimed;
      aimed = null;
      return another;
    }

    /** A map of this key comes. It `goesOn` with the one before, or has the arrangement that was aimed at, or the one
        that it had last. Another layout of the same terms leaves the pinned ones where they are. */
    function enter(key, goesOn) {
      const wanted = aimed && aimed.key === key ? aimed : null;
      if (wanted) aimed = null;
      if (wanted || goesOn) return (current = wanted || current);
      const last = find(index.latest[key]);
      if (!current || baseOf(current.key) !== baseOf(key)) return last ? (current = last) : make(key);
      const pinned = pinnedOf(current);
      return last && alike(pinnedOf(last), pinned) ? (current = last) : make(key, pinned, new Set(current.pins));
    }

    /** Another arrangement of this map: `moved` (a Map) has new places, or null for a term that shall get one. */
    function change({ moved = new Map(), pins = current.pins }) {
      const places = new Map(current.places);
      moved.forEach((place, id) => {
        places.delete(id); // the latest that was put somewhere is the last
        if (place) places.set(id, place);
      });
      return make(current.key, places, new Set(pins));
    }

    /** Another arrangement of this map in which only the pinned terms have a place. */
    const renew = () => make(current.key, pinnedOf(current), new Set(current.pins));

    return { now: () => current, aim, enter, change, renew, keep, pinned: () => pinnedOf(current) };
  }

  const baseOf = (key) => key.slice(0, key.lastIndexOf("|"));
  const pinnedOf = ({ places, pins }) => new Map([...places].filter(([id]) => pins.has(id)));
  const alike = (one, other) =>
    one.size === other.size &&
    [...one].every(([id, { x, y }]) => other.has(id) && other.get(id).x === x && other.get(id).y === y);

  if (typeof module !== "undefined" && module.exports) module.exports = { create };
  else (root.conceptmap = root.conceptmap || {}).arrangements = create(() => root.sessionStorage);
})(typeof window === "undefined" ? globalThis : window);
