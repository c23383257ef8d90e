/* The index in the browser: which reports have all terms, exactly.
   hooks/gongkai/publishing/search/ writes what is read here. */
(() => {
  "use strict";

  const {load, pin, renew, normaliser, isSearched} = window.gongkai;
  const {reader, ascending, both, spread, cover, fileOf, byGram} = window.gongkai.lists;
  const FIRST_LISTS = 3;  // a long term is looked up by so many lists at first
  const MORE_LISTS = 2;  // and by so many more at a time, until few reports are left
  const FEW = 10;  // so few reports are shown at once, so texts are read instead of more lists

  const SCORES = {name: 8, title: 4, heading: 2, text: 1};

  /** The site has changed since its files were loaded. */
  class Stale extends Error {}

  /** Load what every search needs; once more, past the browser's cache, if the site has changed. */
  async function openIndex() {
    try {
      return await prepare();
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      renew();
      return prepare();
    }
  }

  async function prepare() {
    const [characters, catalogue, reports] = await Promise.all(
      [load("characters"), load("catalogue"), load("reports")]);
    const build = reports.build;
    if (characters.build !== build || catalogue.build !== build) throw new Stale();
    pin(build);
    return new Index(normaliser(characters.data), catalogue.data, reports.data, build);
  }

  /** @implements {SearchIndex} */
  class Index {
    /**
     * @param {Normalise} normalise
     * @param {Catalogue} catalogue
     * @param {Plan} plan
     * @param {string} build
     */
    constructor(normalise, catalogue, plan, build) {
      this.normalise = normalise;
      this.regions = new Map(Object.entries(catalogue.regions));
      this.terms = catalogue.terms;
      this.glossary = catalogue.glossary;
      this.suffix = catalogue.suffix;
      this.reports = reportsOf(plan, catalogue);
      this.agencies = catalogue.agencies.map(one => this.agencyOf(one));
      this.headings = new Map(plan.kinds.map(([section, , heading]) => [section, heading]));
      this.sections = [...this.headings.keys()];

      this.plan = plan;
      this.build = build;
      this.read = reader(plan.alphabet);
      this.common = new Set(plan.common);
      this.unitOfSlot = unitsOf(plan, this.read, this.reports.length);
      this.sectionOfKind = plan.kinds.map(([section]) => this.sections.indexOf(section));
      this.scoreOfKind =
        plan.kinds.map(([, isHeading]) => isHeading ? SCORES.heading : SCORES.text);
      this.plainRegions =
        new Map([...this.regions].map(([code, [name]]) => [code, this.plain(name)]));
      this.plainTitles = this.reports.map(report => this.plain(report.title));
      /** @type {Map<string, Map<string, string>>} */
      this.files = new Map();
    }

    /** @param {string} text */
    plain(text) { return this.normalise(text).text; }

    /**
     * @param {AgencyRecord} record
     * @returns {Agency}
     */
    agencyOf([slug, name, kind, region, ...more]) {
      const others = more.filter(Boolean);
      const place = this.regions.get(region);
      return {
        slug, name, kind, others,
        region: place ? place[0] : "",
        regions: this.lineage(region),
        names: [name, ...others].filter(Boolean).map(one => this.plain(one)),
      };
    }

    /**
     * The codes of a region and of those above it.
     *
     * @param {string} code
     */
    lineage(code) {
      /** @type {string[]} */
      const found = [];
      for (let next = code, place = this.regions.get(next); place && !found.includes(next);) {
        found.push(next);
        next = place[1];
        place = this.regions.get(next);
      }
      return found;
    }

    /**
     * The reports that have all terms, in their order, with a score and the sections.
     *
     * @param {string[]} terms
     * @returns {Promise<Found>}
     */
    async search(terms) {
      const found = await Promise.all(terms.map(term => this.find(term)));
      const hits = [];
      for (let report = 0; report < this.reports.length; report += 1) {
        if (!found.every(one => one.score[report])) continue;
        const score = found.reduce((sum, one) => sum + one.score[report], 0);
        hits.push({report, score, sections: this.sectionsOf(report, found)});
      }
      const counts = found.map(one => one.score.reduce((sum, each) => sum + Number(each > 0), 0));
      return {hits, counts};
    }

    /**
     * How well a term fits each report, and which sections have it.
     *
     * @param {string} term
     * @returns {Promise<Fit>}
     */
    async find(term) {
      const outside = this.outside(term);
      const score = outside.slice();
      const inSections = new Uint8Array(this.reports.length * this.sections.length);
      for (const unit of await this.units(term)) {
        const report = this.reportOf(unit), kind = unit % this.plan.kinds.length;
        score[report] = Math.max(score[report], this.scoreOfKind[kind]);
        inSections[report * this.sections.length + this.sectionOfKind[kind]] = 1;
      }
      return {score, inSections, outside};
    }

    /**
     * For each report, how well a term fits its names, title and regions.
     *
     * @param {string} term
     */
    outside(term) {
      const named = this.agencies.map(one => one.names.some(name => name.includes(term)));
      const placed = this.agencies.map(one =>
        one.regions.some(code => String(this.plainRegions.get(code)).includes(term)));
      return Uint8Array.from(this.reports, ({agency}, number) => {
        if (named[agency]) return SCORES.name;
        if (this.plainTitles[number].includes(term)) return SCORES.title;
        return placed[agency] ? SCORES.text : 0;
      });
    }

    /**
     * The sections of a report where all terms are that are not in its names or title.
     *
     * @param {number} report
     * @param {Fit[]} found
     */
    sectionsOf(report, found) {
      const first = report * this.sections.length;
      return this.sections.filter((_, place) =>
        found.some(one => one.inSections[first + place])
        && found.every(one => one.inSections[first + place] || one.outside[report]));
    }

    /** @param {number} unit */
    reportOf(unit) { return Math.floor(unit / this.plan.kinds.length); }

    /**
     * The units that have a term, ascending: a unit is what one report has of one kind of entries.
     *
     * @param {string} term
     */
    async units(term) {
      const characters = [...term];
      if (characters.length === 1 || this.common.has(term)) return this.list(term);
      const grams = cover(characters, this.common, this.plan.longest);
      const first = grams.length > FIRST_LISTS ? spread(grams, FIRST_LISTS) : grams;
      let starts = await this.startsOf(first);
      const rest = grams.filter(gram => !first.includes(gram));
      while (rest.length && starts.length) {
        const candidates = this.toUnits(starts);
        const count = new Set(candidates.map(unit => this.reportOf(unit))).size;
        if (count <= FEW) return this.unitsWith(term, candidates);
        starts = both(starts, await this.startsOf(rest.splice(0, MORE_LISTS)));
      }
      return this.toUnits(starts);
    }

    /**
     * The places where a term may start: where all of some grams stand in their order.
     *
     * @param {Gram[]} grams
     */
    async startsOf(grams) {
      const found = await Promise.all(grams.map(async ({gram, start}) =>
        (await this.list(gram)).map(place => place - start)));
      return found.sort((one, other) => one.length - other.length).reduce(both);
    }

    /** @param {number[]} starts */
    toUnits(starts) {
      /** @type {number[]} */
      const found = [];
      for (const start of starts) {
        const unit = this.unitOfSlot[Math.floor(start / this.plan.slot)];
        if (unit !== found[found.length - 1]) found.push(unit);
      }
      return found;
    }

    /**
     * Those of some units whose text has a term.
     *
     * @param {string} term
     * @param {number[]} candidates
     */
    async unitsWith(term, candidates) {
      const found = [];
      for (const unit of candidates) {
        const kind = unit % this.plan.kinds.length;
        const entries = await this.text(this.reportOf(unit));
        if (entries.some(entry => entry.kind === kind
          && entry.searched.some(piece => this.plain(piece).includes(term)))) found.push(unit);
      }
      return found;
    }

    /**
     * The list of a gram: places, or units for one character and for common grams.
     *
     * @param {string} gram
     */
    async list(gram) {
      const lists = await this.file(fileOf(gram, this.plan));
      const code = lists.get(gram);
      return code === undefined ? [] : ascending(this.read(code));
    }

    /** @param {`s${number}` | `c${number}`} name */
    async file(name) {
      const known = this.files.get(name);
      if (known) return known;
      const {build, data} = await load(name);
      if (build !== this.build) throw new Stale();
      const lists = byGram(data);
      this.files.set(name, lists);
      return lists;
    }

    /**
     * A report's entries as they are shown.
     *
     * @param {number} report
     * @returns {Promise<Entry[]>}
     */
    async text(report) {
      const {kinds, texts} = this.plan;
      const {data} = await load(/** @type {`t${number}`} */ (`t${Math.floor(report / texts)}`));
      return (data[report % texts] || []).map(([kind, fragment, ...pieces]) => {
        const [section] = kinds[kind];
        const searched = pieces.filter((_, place) => isSearched(place));
        return {kind, section, fragment: fragment || section, pieces, searched};
      });
    }
  }

  /**
   * All reports in the order of the index.
   *
   * @param {Plan} plan
   * @param {Catalogue} catalogue
   * @returns {ReportHead[]}
   */
  function reportsOf(plan, catalogue) {
    const read = reader(plan.alphabet);
    const years = Object.keys(plan.agencies).map(Number).sort((one, other) => other - one);
    const named = years.flatMap(year =>
      ascending(read(plan.agencies[year])).map(agency => ({agency, year})));
    return named.map(({agency, year}, number) => {
      const [slug, name] = catalogue.agencies[agency];
      const usual = () => plan.usual[year].split("{机关}").join(name)
        .split("{年度}").join(String(year));
      return {agency, year, slug, title: number in plan.unusual ? plan.unusual[number] : usual()};
    });
  }

  /**
   * The unit that each slot of the searched text belongs to; the first slot belongs to none.
   *
   * @param {Plan} plan
   * @param {(code: string) => number[]} read
   * @param {number} count - of the reports
   */
  function unitsOf(plan, read, count) {
    const widths = plan.widths.map(read);
    const found = [0];
    for (let report = 0; report < count; report += 1) {
      for (let kind = 0; kind < widths.length; kind += 1) {
        for (let left = widths[kind][report]; left > 0; left -= 1) {
          found.push(report * widths.length + kind);
        }
      }
    }
    return found;
  }

  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({openIndex, Stale}));
})();
