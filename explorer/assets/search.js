/* The search box: a combobox as WAI-ARIA describes it. Suggestions come from `/_suggest`; a request that was
   overtaken by the next keystroke is aborted, so that an old answer never covers a newer one. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  let input = null;
  let list = null;
  let nothing = null; // stands in for the list when it is empty: a listbox has options
  let request = null;
  let hits = [];
  let active = -1;

  function meet() {
    const found = document.getElementById("search");
    if (!found || found === input) return;
    input = found;
    list = document.getElementById("suggestions");
    nothing = document.getElementById("nothing-found");
    const attributes = {
      role: "combobox",
      "aria-label": "Search terms",
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
      autocapitalize: "off",
      enterkeyhint: "search",
    };
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener("input", ask);
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", close);
    input.addEventListener("focus", () => input.value.trim() && ask());
    // The box keeps the cursor, or blur would close the list before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(Number(option.dataset.index));
    });
  }

  async function ask() {
    const words = input.value.trim();
    if (request) request.abort();
    if (!words) return close();
    const mine = (request = new AbortController());
    try {
      const answer = await fetch("/_suggest?q=" + encodeURIComponent(words), { signal: mine.signal });
      const found = await answer.json();
      if (mine !== request) return;
      hits = found.hits || [];
      draw(words, answer.ok ? found.message : found.message || "No answer from the server.");
    } catch (error) {
      if (error.name !== "AbortError" && mine === request) draw(words, "No answer from the explorer.", (hits = []));
    }
  }

  function draw(words, message) {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    nothing.hidden = hits.length > 0;
    nothing.textContent = message || `Nothing found for “${words}”.`;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    root.announce.say(hits.length ? `${hits.length} suggestions.` : nothing.textContent);
  }

  function option(hit, index) {
    const line = document.createElement("li");
    line.id = "suggestion-" + index;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.index = String(index);
    const head = part("span", "head", "");
    head.append(part("span", "term-name", hit.name));
    if (hit.why) head.append(part("span", "why", hit.why));
    if (hit.category) head.append(part("span", "category", hit.category));
    line.append(head);
    if (hit.definition) line.append(part("span", "first-words", hit.definition));
    return line;
  }

  function part(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  }

  function activate(index) {
    const options = [...list.querySelectorAll("[role=option]")];
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === index)));
    active = index;
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", "suggestion-" + index);
      options[index].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(index) {
    const hit = hits[index];
    write("");
    close();
    input.blur();
    root.actions.run("select", hit.id);
    document.getElementById("map-box").focus({ preventScroll: true });
  }

  /** React keeps a value of its own: it must see the change, or it writes the old text back. */
  function write(text) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    if (request) request.abort();
    request = null;
    if (!list) return;
    list.hidden = nothing.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function onKey(event) {
    const open = !list.hidden && hits.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void (input.value.trim() && ask());
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? hits.length - 1 : (active + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const words = input.value.trim();
      if (open && active >= 0) choose(active);
      else if (words) {
        close();
        root.actions.run("find", words);
      }
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (!list.hidden || !nothing.hidden) close();
      else if (input.value) write("");
      else input.blur();
    } else if (event.key === "Tab") close();
  }

  new MutationObserver(meet).observe(document.documentElement, { childList: true, subtree: true });
  root.search = { focus: () => input && (input.focus(), input.select()) };
})();
