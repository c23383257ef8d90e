/* Marks on the page that a result of the search leads to. */
(() => {
  "use strict";

  const {load, make, normaliser, ranges, termsOf} = window.gongkai;
  const BLOCKS = "p, li, dt, dd, th, td, caption, h1, h2, h3";
  const MOST = 300;

  /**
   * Mark what a query finds, and scroll to the mark that the address is about.
   *
   * @param {HTMLElement} article
   * @param {string} query
   */
  async function mark(article, query) {
    const normalise = normaliser((await load("characters")).data);
    const terms = termsOf(query, normalise);
    /** @type {HTMLElement[]} */
    const marks = [];
    for (const nodes of blocksOf(article)) {
      if (marks.length >= MOST) break;
      const text = nodes.map(node => node.data).join("");
      marks.push(...markInside(nodes, ranges(normalise(text), terms)));
    }
    goTo(article, marks);
  }

  /**
   * The text nodes of each block that has text of its own.
   *
   * @param {HTMLElement} article
   */
  function blocksOf(article) {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    /** @type {Map<Element, Text[]>} */
    const blocks = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const block = node.parentElement && node.parentElement.closest(BLOCKS);
      if (!block || !(node instanceof Text) || !node.data.trim()) continue;
      const nodes = blocks.get(block);
      if (nodes) nodes.push(node);
      else blocks.set(block, [node]);
    }
    return blocks.values();
  }

  /**
   * Mark parts of a text that consists of several nodes.
   *
   * @param {Text[]} nodes
   * @param {Span[]} found
   */
  function markInside(nodes, found) {
    const marks = [];
    let place = 0;
    for (const node of nodes) {
      const length = node.length;
      const here = within(found, place, length);
      place += length;
      // From the last to the first: a mark cuts its node, and the first part stays the node.
      const made = here.reverse().map(([start, end]) => surround(node, start, end));
      marks.push(...made.reverse());
    }
    return marks;
  }

  /**
   * The parts of spans that are in a stretch of the text, counted from where that begins.
   *
   * @param {Span[]} spans
   * @param {number} place
   * @param {number} length
   */
  function within(spans, place, length) {
    return spans
      .map(([start, end]) =>
        /** @type {Span} */ ([Math.max(start - place, 0), Math.min(end - place, length)]))
      .filter(([start, end]) => start < end);
  }

  /**
   * @param {Text} node
   * @param {number} start
   * @param {number} end
   */
  function surround(node, start, end) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    const element = make("mark", {className: "found"});
    range.surroundContents(element);
    return element;
  }

  /**
   * Scroll to the mark that the address's fragment is about.
   *
   * @param {HTMLElement} article
   * @param {HTMLElement[]} marks
   */
  function goTo(article, marks) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && article.contains(target)) {
      const chosen = chosenFor(target, marks);
      chosen.classList.add("found-first");
      chosen.scrollIntoView({block: "center"});
    } else {
      const first = marks.find(one => !one.closest("h1"));
      if (first) first.scrollIntoView({block: "center"});
    }
  }

  /**
   * The figure that was found by its headings, else the first mark in or after the target.
   *
   * @param {HTMLElement} target
   * @param {HTMLElement[]} marks
   */
  function chosenFor(target, marks) {
    const table = target.matches("td") ? target.closest("table") : null;
    if (table && marks.some(one => table.contains(one))) return target;
    const isAfter = (/** @type {HTMLElement} */ one) => target.contains(one)
      || target.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    return marks.find(isAfter) || target;
  }

  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({mark, within}));
})();
