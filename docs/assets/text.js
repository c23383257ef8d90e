/* Texts as they are searched, and where terms stand in them. */
(() => {
  "use strict";

  /**
   * What makes a text searchable, from the characters that the search takes for equal.
   *
   * @param {Characters} characters
   * @returns {Normalise}
   */
  function normaliser([single, become, several]) {
    const map = new Map(Object.entries(several));
    const others = [...become];
    [...single].forEach((character, at) => map.set(character, others[at]));
    return text => normalised(text, map);
  }

  /**
   * @param {string} text
   * @param {Map<string, string>} map
   * @returns {Normal}
   */
  function normalised(text, map) {
    let plain = "", place = 0, hasGap = false;
    /** @type {number[]} */
    const starts = [];
    /** @type {number[]} */
    const ends = [];
    const put = (/** @type {string} */ part, /** @type {number} */ length) => {
      plain += part;
      for (let unit = 0; unit < part.length; unit += 1) {
        starts.push(place);
        ends.push(place + length);
      }
    };
    for (const character of text) {
      const become = map.get(character);
      for (const part of become === undefined ? character : become) {
        if (part === " ") { hasGap = true; continue; }
        if (hasGap && isWord(plain[plain.length - 1]) && isWord(part)) put(" ", 0);
        hasGap = false;
        put(part, character.length);
      }
      place += character.length;
    }
    return {text: plain, starts, ends};
  }

  /** @param {string | undefined} character */
  function isWord(character) { return character !== undefined && /^[0-9a-z]$/.test(character); }

  /**
   * Where terms stand in a text: ranges of the original, sorted, not overlapping.
   *
   * @param {Normal} normal
   * @param {string[]} terms
   */
  function ranges(normal, terms) {
    /** @type {Span[]} */
    const found = [];
    for (const term of terms) {
      for (let at = normal.text.indexOf(term); at >= 0; at = normal.text.indexOf(term, at + 1)) {
        found.push([normal.starts[at], normal.ends[at + term.length - 1]]);
      }
    }
    found.sort((one, other) => one[0] - other[0]);
    return joined(found);
  }

  /** @param {Span[]} sorted */
  function joined(sorted) {
    /** @type {Span[]} */
    const spans = [];
    for (const [start, end] of sorted) {
      const last = spans[spans.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else spans.push([start, end]);
    }
    return spans;
  }

  /**
   * The terms of a query: blanks part them, but a line break may stand within one.
   *
   * @param {string} query
   * @param {Normalise} normalise
   */
  function termsOf(query, normalise) {
    const parts = query.replace(/\s*[\r\n]+\s*/g, "\n").split(/[^\S\n]+/);
    const terms = [...new Set(parts.map(part => normalise(part).text))];
    return terms.filter(term =>
      term && !terms.some(other => other !== term && other.includes(term)));
  }

  /**
   * An entry as one text, and where terms stand in it; between pieces no term matches.
   *
   * @param {string[]} pieces
   * @param {string[]} terms
   * @param {Normalise} normalise
   */
  function marked(pieces, terms, normalise) {
    let text = "";
    /** @type {Span[]} */
    const marks = [];
    pieces.forEach((piece, place) => {
      if (isSearched(place)) {
        for (const [start, end] of ranges(normalise(piece), terms)) {
          marks.push([text.length + start, text.length + end]);
        }
      }
      text += piece;
    });
    return {text, marks};
  }

  /**
   * Whether the piece of an entry at a place is searched, not only shown.
   *
   * @param {number} place
   */
  function isSearched(place) { return place % 2 === 0; }

  /**
   * A part of a text in pieces, each with whether it is marked.
   *
   * @param {string} text
   * @param {Span[]} marks
   * @param {number} from
   * @param {number} to
   */
  function cut(text, marks, from, to) {
    /** @type {[text: string, isMarked: boolean][]} */
    const pieces = [];
    let place = from;
    for (const [start, end] of marks) {
      if (end <= from || start >= to) continue;
      const first = Math.max(start, from), last = Math.min(end, to);
      pieces.push([text.slice(place, first), false], [text.slice(first, last), true]);
      place = last;
    }
    pieces.push([text.slice(place, to), false]);
    return pieces.filter(([piece]) => piece);
  }

  const texts = {normaliser, ranges, termsOf, marked, isSearched, cut};
  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ (texts));
})();
