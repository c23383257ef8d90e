/* What the search found, as items of a list. */
(() => {
  "use strict";

  const {ranges, marked, cut, make, refill, pageOf} = window.gongkai;
  const MOST_PASSAGES = 3;
  const MOST_MEANINGS = 2;
  const BEFORE = 28, AROUND = 96;  // characters of a passage before its first mark, and in all
  const WAITING = "search-passages--waiting";

  /**
   * @param {SearchIndex} index
   * @param {string[]} terms
   * @param {Agency} agency
   */
  function agencyItem(index, terms, {slug, name, kind, region, others}) {
    const href = pageOf(`agencies/${slug}`, index.suffix).href;
    const facts = [region, kind];
    if (others.length) facts.push(`简称、曾用名：${others.join("、")}`);
    const item = make("li", {className: "search-result"},
      make("h2", {className: "search-title"},
        make("a", {href}, ...highlighted(index, name, terms)),
        make("span", {className: "search-badge", textContent: "机关"})),
      make("p", {className: "search-facts", textContent: facts.join("　")}));
    item.dataset.agency = slug;
    return item;
  }

  /**
   * @param {SearchIndex} index
   * @param {string[]} terms
   * @param {Hit} hit
   * @param {string} section - the only one that passages are shown of, or none
   */
  function reportItem(index, terms, hit, section) {
    const report = index.reports[hit.report];
    const agency = index.agencies[report.agency];
    const address = pageOf(`reports/${report.slug}/${report.year}`, index.suffix);
    address.searchParams.set("q", terms.join(" "));
    const facts = [`${report.year}年`, agency.region, agency.kind].join("　");
    const passages = make("div", {className: "search-passages"});
    const item = make("li", {className: "search-result"},
      make("h2", {className: "search-title"},
        make("a", {href: address.href}, ...highlighted(index, report.title, terms))),
      make("p", {className: "search-facts", textContent: facts}),
      passages);
    item.dataset.report = `${report.slug}/${report.year}`;
    if (hit.sections.length) {
      passages.classList.add(WAITING);
      index.text(hit.report).then(entries => {
        refill(passages, ...passagesOf(index, terms, ofSection(entries, section), address));
        passages.classList.remove(WAITING);
      }, () => {
        passages.textContent = "正文没有读到，请打开报告看。";
      });
    }
    return item;
  }

  /**
   * @param {Entry[]} entries
   * @param {string} section
   */
  function ofSection(entries, section) {
    return section ? entries.filter(entry => entry.section === section) : entries;
  }

  /**
   * The entries with most of the terms, in the order of the report, and how many others have some.
   *
   * @param {Entry[]} entries
   * @param {string[]} terms
   * @param {Normalise} normalise
   */
  function bestOf(entries, terms, normalise) {
    /** @type {{entry: Entry, has: number, place: number}[]} */
    const found = [];
    for (const entry of entries) {
      const plain = entry.searched.map(piece => normalise(piece).text);
      const has = terms.filter(term => plain.some(piece => piece.includes(term))).length;
      if (has) found.push({entry, has, place: found.length});
    }
    const best = [...found]
      .sort((one, other) => other.has - one.has || one.place - other.place)
      .slice(0, MOST_PASSAGES)
      .sort((one, other) => one.place - other.place)
      .map(({entry}) => entry);
    return {best, rest: found.length - best.length};
  }

  /**
   * @param {SearchIndex} index
   * @param {string[]} terms
   * @param {Entry[]} entries
   * @param {URL} address
   */
  function passagesOf(index, terms, entries, address) {
    const {best, rest} = bestOf(entries, terms, index.normalise);
    const lines = best.flatMap((entry, place) => {
      const isNew = place === 0 || best[place - 1].section !== entry.section;
      const textContent = index.headings.get(entry.section);
      const heading = make("p", {className: "search-section", textContent});
      return [...isNew ? [heading] : [], passage(index, terms, entry, address)];
    });
    if (rest) {
      lines.push(make("p", {className: "search-rest", textContent: `这份报告里还有 ${rest} 处。`}));
    }
    return lines;
  }

  /**
   * @param {SearchIndex} index
   * @param {string[]} terms
   * @param {Entry} entry
   * @param {URL} address
   */
  function passage(index, terms, entry, address) {
    const there = new URL(address.href);
    there.hash = entry.fragment;
    const {text, marks} = marked(entry.pieces, terms, index.normalise);
    const [from, to] = windowOf(text.length, marks);
    return make("p", {className: "search-passage"}, make("a", {href: there.href},
      from ? "……" : "", ...nodes(cut(text, marks, from, to)), to < text.length ? "……" : ""));
  }

  /**
   * The part of a text that is shown: around its first mark.
   *
   * @param {number} length
   * @param {Span[]} marks
   * @returns {Span}
   */
  function windowOf(length, marks) {
    const [start, end] = marks.length ? marks[0] : [0, 0];
    const from = start > BEFORE + 8 ? start - BEFORE : 0;
    return [from, Math.min(length, Math.max(from + AROUND, end))];
  }

  /**
   * @param {SearchIndex} index
   * @param {string} text
   * @param {string[]} terms
   */
  function highlighted(index, text, terms) {
    return nodes(cut(text, ranges(index.normalise(text), terms), 0, text.length));
  }

  /** @param {[text: string, isMarked: boolean][]} pieces */
  function nodes(pieces) {
    return pieces.map(([text, isMarked]) =>
      isMarked ? make("mark", {textContent: text}) : text);
  }

  /**
   * What words of the form mean.
   *
   * @param {SearchIndex} index
   * @param {string[]} terms
   */
  function meanings(index, terms) {
    const known = index.terms.filter(([word]) => terms.includes(index.normalise(word).text));
    return known.slice(0, MOST_MEANINGS).map(([word, meaning, basis, anchor]) => {
      const href = pageOf(index.glossary, `#${anchor}`).href;
      return make("p", {className: "search-meaning"}, make("a", {href, textContent: word}),
        `：${meaning}`, basis ? `（${basis}）` : "");
    });
  }

  const results = {agencyItem, reportItem, meanings, ofSection, bestOf, windowOf};
  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({results}));
})();
