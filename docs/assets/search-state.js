/* What the search page is asked for, by its address, and what that makes of the reports found. */
(() => {
  "use strict";

  const MOST_AGENCIES = 3;
  /** @type {FilterName[]} */
  const FILTERS = ["year", "region", "agency", "section", "kind"];
  /** No filter is set. @type {Record<FilterName, "">} */
  const NO_FILTERS = {year: "", region: "", agency: "", section: "", kind: ""};

  /**
   * @param {string} address
   * @returns {SearchState}
   */
  function stateOf(address) {
    const asked = new URL(address).searchParams;
    const of = (/** @type {string} */ name) => asked.get(name) || "";
    return {
      q: of("q"),
      sort: of("sort") === "time" ? "time" : "",
      page: Math.max(1, Math.floor(Number(of("page"))) || 1),
      year: of("year"), region: of("region"), agency: of("agency"),
      section: of("section"), kind: of("kind"),
    };
  }

  /**
   * @param {SearchState} state
   * @param {string} base - the address of the page, whatever it asks for
   */
  function addressOf(state, base) {
    const address = new URL(base);
    address.search = address.hash = "";
    for (const [name, value] of Object.entries(state)) {
      if (value && !(name === "page" && value === 1)) address.searchParams.set(name, value);
    }
    return address;
  }

  /**
   * The hits that pass the filters, in the order that is asked for.
   *
   * @param {SearchIndex} index
   * @param {SearchState} state
   * @param {Hit[]} hits
   */
  function chosen(index, state, hits) {
    const found = hits.filter(hit => fits(index, state, hit, ""));
    return state.sort === "time" ? found : found.sort((one, other) => other.score - one.score);
  }

  /**
   * Whether a hit passes the filters, one left out where its choices are counted.
   *
   * @param {SearchIndex} index
   * @param {SearchState} state
   * @param {Hit} hit
   * @param {FilterName | ""} but
   */
  function fits(index, state, hit, but) {
    return FILTERS.every(name => !state[name] || name === but
      || valuesOf(index, hit, name).includes(state[name]));
  }

  /**
   * @param {SearchIndex} index
   * @param {Hit} hit
   * @param {FilterName} name
   */
  function valuesOf(index, hit, name) {
    const report = index.reports[hit.report];
    const agency = index.agencies[report.agency];
    switch (name) {
      case "year": return [String(report.year)];
      case "agency": return [agency.slug];
      case "kind": return [agency.kind];
      case "region": return agency.regions;
      default: return hit.sections;
    }
  }

  /**
   * The choices of a filter; null where none would leave fewer reports.
   *
   * @param {SearchIndex} index
   * @param {SearchState} state
   * @param {Hit[]} hits
   * @param {FilterName} name
   * @returns {Choices | null}
   */
  function choicesOf(index, state, hits, name) {
    const counts = new Map(state[name] ? [[state[name], 0]] : []);
    let total = 0;
    for (const hit of hits) {
      if (!fits(index, state, hit, name)) continue;
      total += 1;
      for (const value of valuesOf(index, hit, name)) {
        counts.set(value, (counts.get(value) || 0) + 1);
      }
    }
    if (!state[name] && [...counts.values()].every(count => count === total)) return null;
    return {total, counts, values: [...counts.keys()].sort(order(index, name, counts))};
  }

  /**
   * Years from the newest, sections as in the form, regions below the one above; else by number.
   *
   * @param {SearchIndex} index
   * @param {FilterName} name
   * @param {Map<string, number>} counts
   * @returns {(one: string, other: string) => number}
   */
  function order(index, name, counts) {
    const count = (/** @type {string} */ value) => counts.get(value) || 0;
    const way = (/** @type {string} */ code) => index.lineage(code).reverse().join(" ");
    switch (name) {
      case "year": return (one, other) => Number(other) - Number(one);
      case "section":
        return (one, other) => index.sections.indexOf(one) - index.sections.indexOf(other);
      case "region": return (one, other) => way(one) < way(other) ? -1 : 1;
      default: return (one, other) => count(other) - count(one);
    }
  }

  /**
   * Agencies whose names have all terms; one that is named exactly comes first.
   *
   * @param {SearchIndex} index
   * @param {string[]} terms
   * @param {string} query
   */
  function agenciesNamed(index, terms, query) {
    const whole = index.normalise(query).text;
    const isExact = (/** @type {Agency} */ {names}) => names.some(name => name === whole);
    const isFound = (/** @type {Agency} */ {names}) =>
      terms.every(term => names.some(name => name.includes(term)));
    return index.agencies
      .filter(one => isExact(one) || isFound(one))
      .sort((one, other) => Number(isExact(other)) - Number(isExact(one)))
      .slice(0, MOST_AGENCIES);
  }

  /**
   * The agencies that the terms name; where nothing else was found, those that a single term names.
   *
   * @param {SearchIndex} index
   * @param {string[]} terms
   * @param {string} query
   * @param {number} count - of the reports that have all terms
   */
  function agenciesNear(index, terms, query, count) {
    const found = agenciesNamed(index, terms, query);
    if (found.length || count) return found;
    return [...new Set(terms.flatMap(term => agenciesNamed(index, [term], term)))]
      .slice(0, MOST_AGENCIES);
  }

  /**
   * What was found, in words.
   *
   * @param {string} query
   * @param {string[]} terms
   * @param {number} count - of the reports that pass the filters
   * @param {Found} found
   */
  function summary(query, terms, count, {hits, counts}) {
    if (count) return `找到 ${count} 份报告。`;
    if (hits.length) return "没有符合这些条件的报告，请放宽条件。";
    if (terms.length === 1) return `没有一份报告里有“${query.trim()}”。请换一个词，或者少输几个字。`;
    const number = (/** @type {number} */ place) => counts[place] ? ` ${counts[place]} 份` : "没有";
    const each = terms.map((term, place) => `“${term}”${number(place)}`).join("，");
    return `没有一份报告里这些词都有。分开看：${each}。`;
  }

  const asking =
    {FILTERS, NO_FILTERS, stateOf, addressOf, chosen, choicesOf, agenciesNear, summary};
  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({asking}));
})();
