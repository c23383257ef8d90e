/* The search box on every page, and the marks on a page that a search led to.
   Everything else is loaded when the box is used. Whatever comes from data is set as text. */
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src);
  const BLOCKS = "p, li, dt, dd, th, td, caption, h1, h2, h3";
  const MOST_MARKS = 300;
  const MOST_OPTIONS = 8;

  /* Scripts with data, as nothing can be fetched from a disk. */
  const taken = new Map();
  const loads = new Map();
  let version = "";

  function script(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(address, root);
      element.onload = () => { element.remove(); resolve(); };
      element.onerror = () => { element.remove(); reject(new Error(address)); };
      document.head.append(element);
    });
  }

  /* A file's data and the build that it belongs to. */
  function load(name) {
    if (!loads.has(name)) {
      const loading = script(`search/data/${name}.js${version}`).then(() => taken.get(name));
      loading.catch(() => loads.delete(name));
      loads.set(name, loading);
    }
    return loads.get(name);
  }

  /* From now on load files of one build, even where a cache has others. */
  function pin(build) { version = `?${build}`; }

  /* Forget what was loaded, and load it past the cache. */
  function renew() {
    pin(Date.now());
    loads.clear();
    taken.clear();
  }

  /* A text as it is searched, and for each of its units where the original begins and ends. */
  function normaliser([single, become, several]) {
    const map = new Map(Object.entries(several));
    const others = [...become];
    [...single].forEach((character, at) => map.set(character, others[at]));
    const isWord = character => /^[0-9a-z]$/.test(character);
    return text => {
      let plain = "", place = 0, hasGap = false;
      const starts = [], ends = [];
      const put = (part, length) => {
        plain += part;
        for (let unit = 0; unit < part.length; unit += 1) {
          starts.push(place);
          ends.push(place + length);
        }
      };
      for (const character of text) {
        for (const part of map.get(character) ?? character) {
          if (part === " ") { hasGap = true; continue; }
          if (hasGap && isWord(plain[plain.length - 1]) && isWord(part)) put(" ", 0);
          hasGap = false;
          put(part, character.length);
        }
        place += character.length;
      }
      return {text: plain, starts, ends};
    };
  }

  /* Where terms stand in a text: ranges of the original, sorted, not overlapping. */
  function ranges(normal, terms) {
    const found = [];
    for (const term of terms) {
      for (let at = normal.text.indexOf(term); at >= 0; at = normal.text.indexOf(term, at + 1)) {
        found.push([normal.starts[at], normal.ends[at + term.length - 1]]);
      }
    }
    found.sort((one, other) => one[0] - other[0]);
    const joined = [];
    for (const range of found) {
      const last = joined[joined.length - 1];
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
      else joined.push([...range]);
    }
    return joined;
  }

  /* The terms of a query: blanks part them, but a line break may stand within one. */
  function termsOf(query, normalise) {
    const parts = query.replace(/\s*[\r\n]+\s*/g, "\n").split(/[^\S\n]+/);
    const terms = [...new Set(parts.map(part => normalise(part).text))];
    return terms.filter(term =>
      term && !terms.some(other => other !== term && other.includes(term)));
  }

  function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  const pageOf = (name, suffix) => new URL(name + suffix, root);
  const queryOf = () => new URLSearchParams(location.search).get("q") ?? "";

  window.gongkai = {
    take(name, build, data) { taken.set(name, {build, data}); },
    load, pin, renew, normaliser, ranges, termsOf, make, pageOf, queryOf,
  };

  /* The box. */
  function box(form) {
    const input = form.querySelector("input");
    const list = form.querySelector("ul");
    const said = form.querySelector("[role=status]");
    let suggest = null, isComposing = false, options = [], active = -1;

    function close() {
      list.hidden = true;
      options = [];
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function choose(at) {
      active = at;
      [...list.children].forEach((item, place) =>
        item.setAttribute("aria-selected", String(place === at)));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({block: "nearest"});
      }
    }

    function follow(option) {
      close();
      location.assign(option.href);
    }

    function show() {
      if (isComposing || !suggest || document.activeElement !== input) return;
      options = input.value.trim() ? suggest(input.value) : [];
      said.textContent = options.length ? `有 ${options.length} 条建议，用上下键选择。` : "";
      if (!options.length) { close(); return; }
      list.replaceChildren(...options.map((option, place) => make(
        "li", {id: `search-option-${place}`, role: "option", "aria-selected": "false"},
        make("span", {className: "search-option-text", textContent: option.text}),
        make("span", {className: "search-option-kind", textContent: option.kind}))));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(-1);
    }

    async function prepare() {
      if (suggest) return;
      const [characters, catalogue] = await Promise.all([load("characters"), load("catalogue")]);
      suggest = suggester(catalogue.data, normaliser(characters.data));
      show();
    }

    function press(event) {
      if (event.isComposing || event.keyCode === 229) return;
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (step && options.length) {
        event.preventDefault();
        const places = options.length + 1;
        choose((active + 1 + step + places) % places - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        follow(options[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    }

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.value = queryOf();
    const quietly = () => prepare().catch(() => {});
    input.addEventListener("focus", quietly);
    input.addEventListener("compositionstart", () => { isComposing = true; });
    input.addEventListener("compositionend", () => { isComposing = false; show(); });
    input.addEventListener("input", () => { quietly(); show(); });
    input.addEventListener("keydown", press);
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("pointerdown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const place = [...list.children].indexOf(event.target.closest("li"));
      if (place >= 0) follow(options[place]);
    });
    document.addEventListener("keydown", event => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  /* Regions, agencies, years and terms whose names have what was typed: first a name that is just
     that, then those that begin with it. */
  function suggester(catalogue, normalise) {
    const known = [];
    for (const [code, [text]] of Object.entries(catalogue.regions)) {
      const href = pageOf(`regions/${code}`, catalogue.suffix);
      known.push({text, kind: "地区", href, plain: normalise(text).text});
    }
    for (const [slug, name, , , ...others] of catalogue.agencies) {
      const href = pageOf(`agencies/${slug}`, catalogue.suffix);
      for (const other of [name, ...others]) {
        if (!other) continue;
        const text = other === name ? name : `${other}（${name}）`;
        known.push({text, kind: "机关", href, plain: normalise(other).text});
      }
    }
    for (const year of catalogue.years) {
      const href = pageOf(`years/${year}`, catalogue.suffix);
      known.push({text: `${year}年`, kind: "年度", href, plain: `${year}年`});
    }
    for (const [text, , , anchor] of catalogue.terms) {
      const href = pageOf(catalogue.glossary, `#${anchor}`);
      known.push({text, kind: "指标说明", href, plain: normalise(text).text});
    }
    return words => {
      const typed = normalise(words).text;
      if (!typed) return [];
      const whole = [], first = [], later = [];
      for (const option of known) {
        const place = option.plain.indexOf(typed);
        if (option.plain === typed) whole.push(option);
        else if (place === 0) first.push(option);
        else if (place > 0) later.push(option);
      }
      return [...whole, ...first, ...later].slice(0, MOST_OPTIONS);
    };
  }

  /* Marks on the page that a result leads to. */
  async function mark(article, query) {
    const normalise = normaliser((await load("characters")).data);
    const terms = termsOf(query, normalise);
    const marks = [];
    for (const nodes of blocksOf(article)) {
      if (marks.length < MOST_MARKS) marks.push(...inside(nodes));
    }
    goTo(article, marks);

    function inside(nodes) {
      const normal = normalise(nodes.map(node => node.data).join(""));
      const made = [];
      let place = 0;
      const found = ranges(normal, terms);
      for (const node of nodes) {
        const here = found
          .map(([start, end]) => [Math.max(start - place, 0), Math.min(end - place, node.length)])
          .filter(([start, end]) => start < end);
        place += node.length;
        for (const [start, end] of here.reverse()) {
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, end);
          const element = make("mark", {className: "found"});
          range.surroundContents(element);
          made.unshift(element);
        }
      }
      return made;
    }
  }

  /* The text nodes of each block that has text of its own. */
  function blocksOf(article) {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const blocks = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const block = node.parentElement.closest(BLOCKS);
      if (!block || !node.data.trim()) continue;
      if (!blocks.has(block)) blocks.set(block, []);
      blocks.get(block).push(node);
    }
    return blocks.values();
  }

  /* Scroll to the mark that the address's fragment is about. */
  function goTo(article, marks) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !article.contains(target)) {
      marks.find(one => !one.closest("h1"))?.scrollIntoView({block: "center"});
      return;
    }
    const isAfter = one => target.contains(one)
      || target.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const table = target.matches("td") ? target.closest("table") : null;
    const isRow = table && marks.some(one => table.contains(one));
    const chosen = isRow ? target : marks.find(isAfter) ?? target;
    chosen.classList.add("found-first");
    chosen.scrollIntoView({block: "center"});
  }

  const page = document.getElementById("search-page");
  document.querySelectorAll(".search-box").forEach(box);
  if (page) {
    script("assets/search-index.js").then(() => script("assets/search-page.js")).catch(() => {});
  }
  else if (queryOf()) {
    const article = document.querySelector("article");
    if (article) mark(article, queryOf()).catch(() => {});
  }
})();
