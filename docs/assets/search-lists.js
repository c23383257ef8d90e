/* Lists of the index: read, compared, and chosen for a term. In hooks/gongkai/publishing/search/,
   numbers.py writes them, grams.py says which there are, and why they cover every query. */
(() => {
  "use strict";

  /**
   * What reads numbers from characters.
   *
   * @param {string} alphabet
   */
  function reader(alphabet) {
    const base = alphabet.length / 2;
    const values = new Uint8Array(128);
    [...alphabet].forEach((character, value) => { values[character.charCodeAt(0)] = value; });
    return (/** @type {string} */ code) => {
      const found = [];
      let number = 0, scale = 1;
      for (let at = 0; at < code.length; at += 1) {
        const value = values[code.charCodeAt(at)];
        if (value < base) {
          number += value * scale;
          scale *= base;
        } else {
          found.push(number + (value - base) * scale);
          number = 0;
          scale = 1;
        }
      }
      return found;
    };
  }

  /**
   * Ascending numbers from the distance of each to the one before.
   *
   * @param {number[]} distances
   */
  function ascending(distances) {
    let sum = 0;
    return distances.map(distance => sum += distance);
  }

  /**
   * What two ascending lists share.
   *
   * @param {number[]} some
   * @param {number[]} others
   */
  function both(some, others) {
    const found = [];
    for (let one = 0, other = 0; one < some.length && other < others.length;) {
      if (some[one] < others[other]) {
        one += 1;
      } else if (some[one] > others[other]) {
        other += 1;
      } else {
        found.push(some[one]);
        one += 1;
        other += 1;
      }
    }
    return found;
  }

  /**
   * So many of a list's members, two at least, from its first to its last.
   *
   * @template Member
   * @param {Member[]} list
   * @param {number} count
   */
  function spread(list, count) {
    const step = (list.length - 1) / (count - 1);
    return Array.from({length: count}, (_, place) => list[Math.round(place * step)]);
  }

  /**
   * Grams with listed places that together cover a term.
   *
   * @param {string[]} characters - of the term, two at least
   * @param {Set<string>} common
   * @param {number} longest
   */
  function cover(characters, common, longest) {
    const placed = gramsWithPlaces(characters, common, longest);
    const chosen = [];
    for (let covered = 0; covered < characters.length;) {
      const from = covered;
      const next = placed
        .filter(one => one.start <= from && one.end > from)
        .reduce((best, one) => best.end >= one.end ? best : one);
      chosen.push(next);
      covered = next.end;
    }
    return chosen;
  }

  /**
   * @param {string[]} characters
   * @param {Set<string>} common
   * @param {number} longest
   */
  function gramsWithPlaces(characters, common, longest) {
    /** @type {Gram[]} */
    const found = [];
    const length = characters.length;
    const part = (/** @type {number} */ start, /** @type {number} */ end) =>
      characters.slice(start, end).join("");
    for (let start = 0; start < length - 1; start += 1) {
      for (let end = start + 2; end <= Math.min(length, start + longest); end += 1) {
        const gram = part(start, end);
        const isListed = end - start === 2
          || common.has(part(start, end - 1)) || common.has(part(start + 1, end));
        if (isListed && !common.has(gram)) found.push({start, end, gram});
      }
    }
    return found;
  }

  /**
   * The name of the file that has a gram's list.
   *
   * @param {string} gram
   * @param {Pick<Plan, "hash" | "shards">} plan
   * @returns {`s${number}` | `c${number}`}
   */
  function fileOf(gram, {hash: [factor, prime], shards}) {
    const characters = [...gram];
    let hash = 0;
    for (const character of characters) {
      hash = (hash * factor + Number(character.codePointAt(0))) % prime;
    }
    return characters.length === 1 ? `c${hash % shards.c}` : `s${hash % shards.s}`;
  }

  /**
   * A file's lists by their grams.
   *
   * @param {string[]} data - grams and lists in turn
   */
  function byGram(data) {
    /** @type {Map<string, string>} */
    const lists = new Map();
    for (let at = 0; at < data.length; at += 2) lists.set(data[at], data[at + 1]);
    return lists;
  }

  const lists = {reader, ascending, both, spread, cover, fileOf, byGram};
  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({lists}));
})();
