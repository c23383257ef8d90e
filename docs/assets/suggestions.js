/* What the search box suggests. */
(() => {
  "use strict";

  const {pageOf} = window.gongkai;
  const MOST = 8;

  /**
   * Regions, agencies, years and terms whose names have what was typed: first a name that is just
   * that, then those that begin with it.
   *
   * @param {Catalogue} catalogue
   * @param {Normalise} normalise
   */
  function suggester(catalogue, normalise) {
    const known = all(catalogue, normalise);
    return (/** @type {string} */ words) => {
      const typed = normalise(words).text;
      return typed ? named(known, typed).slice(0, MOST) : [];
    };
  }

  /**
   * @param {Catalogue} catalogue
   * @param {Normalise} normalise
   * @returns {Suggestion[]}
   */
  function all({regions, agencies, years, terms, suffix, glossary}, normalise) {
    const plain = (/** @type {string} */ name) => normalise(name).text;
    const page = (/** @type {string} */ name) => pageOf(name, suffix);
    return [
      ...Object.entries(regions).map(([code, [text]]) =>
        ({text, kind: "地区", href: page(`regions/${code}`), plain: plain(text)})),
      ...agencies.flatMap(([slug, name, , , ...others]) =>
        [name, ...others].filter(Boolean).map(other => ({
          text: other === name ? name : `${other}（${name}）`,
          kind: "机关", href: page(`agencies/${slug}`), plain: plain(other),
        }))),
      ...years.map(year =>
        ({text: `${year}年`, kind: "年度", href: page(`years/${year}`), plain: `${year}年`})),
      ...terms.map(([text, , , anchor]) =>
        ({text, kind: "指标说明", href: pageOf(glossary, `#${anchor}`), plain: plain(text)})),
    ];
  }

  /**
   * @param {Suggestion[]} known
   * @param {string} typed
   */
  function named(known, typed) {
    /** @type {Suggestion[][]} */
    const [whole, first, later] = [[], [], []];
    for (const option of known) {
      const place = option.plain.indexOf(typed);
      if (option.plain === typed) whole.push(option);
      else if (place === 0) first.push(option);
      else if (place > 0) later.push(option);
    }
    return [...whole, ...first, ...later];
  }

  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({suggester}));
})();
