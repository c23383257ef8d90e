/* The index in the browser: which reports have all terms, exactly. hooks/gongkai/search/ writes what
   is read here; `grams.py` says which lists there are, and why they cover every query. */
(() => {
  "use strict";

  const {load, pin, renew, normaliser} = window.gongkai;
  const FIRST_LISTS = 3;  // a long term is looked up by so many lists at first
  const MORE_LISTS = 2;  // and by so many more at a time, until few reports are left
  const FEW = 10;  // so few reports are shown at once, so their texts are read instead of more lists

  const SCORES = {name: 8, title: 4, heading: 2, text: 1};

  class Stale extends Error {}

  /* Load what every search needs; once more, past the browser's cache, if the site has changed. */
  async function open() {
    try {
      return await prepare();
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      renew();
      return prepare();
    }
  }

  async function prepare() {
    const names = ["characters", "catalogue", "reports"];
    const [characters, catalogue, reports] = await Promise.all(names.map(load));
    const build = reports.build;
    if (characters.build !== build || catalogue.build !== build) throw new Stale();
    pin(build);
    return index(normaliser(characters.data), catalogue.data, reports.data, build);
  }

  function index(normalise, catalogue, plan, build) {
    const kinds = plan.kinds.map(([section, isHeading]) => ({section, isHeading}));
    const sections = [...new Set(kinds.map(kind => kind.section))];
    const headings = new Map(plan.kinds.map(([section, , heading]) => [section, heading]));
    const bits = kinds.map(kind => 1 << sections.indexOf(kind.section));
    const scores = kinds.map(kind => kind.isHeading ? SCORES.heading : SCORES.text);
    const regions = new Map(Object.entries(catalogue.regions));
    const common = new Set(plan.common);
    const numbers = reader(plan.alphabet);
    const reports = listed();
    const unitOfSlot = slots();
    const lists = new Map();

    /* All reports in the order of the index. */
    function listed() {
      const years = Object.keys(plan.agencies).map(Number).sort((one, other) => other - one);
      return years.flatMap(year => ascending(plan.agencies[year]).map(agency => ({
        agency, year, slug: catalogue.agencies[agency][0],
      }))).map((report, number) => ({...report, title: plan.unusual[number]
        ?? plan.usual[report.year].replaceAll("{机关}", catalogue.agencies[report.agency][1])
          .replaceAll("{年度}", report.year)}));
    }

    function ascending(code) {
      let sum = 0;
      return numbers(code).map(distance => sum += distance);
    }

    function slots() {
      const widths = plan.widths.map(numbers);
      const found = [0];
      for (let report = 0; report < reports.length; report += 1) {
        for (let kind = 0; kind < kinds.length; kind += 1) {
          for (let left = widths[kind][report]; left > 0; left -= 1) {
            found.push(report * kinds.length + kind);
          }
        }
      }
      return found;
    }

    function file(gram) {
      const [factor, prime] = plan.hash;
      const characters = [...gram];
      const group = characters.length === 1 ? "c" : "s";
      let hash = 0;
      for (const character of characters) {
        hash = (hash * factor + character.codePointAt(0)) % prime;
      }
      return group + hash % plan.shards[group];
    }

    /* The list of a gram: places, or units for one character and for common grams. */
    async function list(gram) {
      const name = file(gram);
      if (!lists.has(name)) {
        const shard = await load(name);
        if (shard.build !== build) throw new Stale();
        const grams = new Map();
        for (let at = 0; at < shard.data.length; at += 2) {
          grams.set(shard.data[at], shard.data[at + 1]);
        }
        lists.set(name, grams);
      }
      const code = lists.get(name).get(gram);
      return code === undefined ? [] : ascending(code);
    }

    /* Grams with listed places that together cover a term. */
    function cover(characters) {
      const length = characters.length;
      const placed = [];
      for (let start = 0; start < length - 1; start += 1) {
        for (let end = start + 2; end <= Math.min(length, start + plan.longest); end += 1) {
          const gram = characters.slice(start, end).join("");
          const isListed = end - start === 2
            || common.has(characters.slice(start, end - 1).join(""))
            || common.has(characters.slice(start + 1, end).join(""));
          if (isListed && !common.has(gram)) placed.push({start, end, gram});
        }
      }
      const chosen = [];
      for (let covered = 0; covered < length;) {
        const next = placed
          .filter(one => one.start <= covered && one.end > covered)
          .reduce((best, one) => best && best.end >= one.end ? best : one);
        chosen.push(next);
        covered = next.end;
      }
      return chosen;
    }

    /* The units that have a term, ascending. */
    async function units(term) {
      const characters = [...term];
      if (characters.length === 1 || common.has(term)) return list(term);
      const grams = cover(characters);
      const first = grams.length > FIRST_LISTS ? spread(grams, FIRST_LISTS) : grams;
      let starts = await startsOf(first);
      const rest = grams.filter(gram => !first.includes(gram));
      while (rest.length && starts.length) {
        const candidates = toUnits(starts);
        if (new Set(candidates.map(reportOf)).size <= FEW) return read(candidates, term);
        starts = both(starts, await startsOf(rest.splice(0, MORE_LISTS)));
      }
      return toUnits(starts);
    }

    const reportOf = unit => Math.floor(unit / kinds.length);

    /* The places where a term may start: where all of its grams stand in their order. */
    async function startsOf(grams) {
      const found = await Promise.all(grams.map(async ({gram, start}) =>
        (await list(gram)).map(place => place - start)));
      return found.sort((one, other) => one.length - other.length).reduce(both);
    }

    function toUnits(starts) {
      const found = [];
      for (const start of starts) {
        const unit = unitOfSlot[Math.floor(start / plan.slot)];
        if (unit !== found[found.length - 1]) found.push(unit);
      }
      return found;
    }

    /* Those of some units whose text has a term. */
    async function read(candidates, term) {
      const found = [];
      for (const unit of candidates) {
        const entries = await text(reportOf(unit));
        if (entries.some(entry => entry.kind === unit % kinds.length
          && entry.searched.some(piece => normalise(piece).text.includes(term)))) found.push(unit);
      }
      return found;
    }

    /* A report's entries as they are shown. */
    async function text(report) {
      const chunk = await load(`t${Math.floor(report / plan.texts)}`);
      const entries = chunk.data[report % plan.texts] ?? [];
      return entries.map(([kind, fragment, ...pieces]) => ({
        kind,
        section: kinds[kind].section,
        fragment: fragment || kinds[kind].section,
        pieces,
        searched: pieces.filter((piece, place) => place % 2 === 0),
      }));
    }

    const agencies = catalogue.agencies.map(([slug, name, kind, region, ...others]) => ({
      slug, name, kind,
      others: others.filter(Boolean),
      region: regions.get(region)?.[0] ?? "",
      regions: lineage(region),
      names: [name, ...others].filter(Boolean).map(one => normalise(one).text),
    }));
    const plainRegions = new Map([...regions].map(([code, [name]]) => [code, normalise(name).text]));
    const plainTitles = reports.map(report => normalise(report.title).text);

    /* A region and those above it. */
    function lineage(code) {
      const found = [];
      for (let next = code; regions.has(next) && !found.includes(next);) {
        found.push(next);
        next = regions.get(next)[1];
      }
      return found;
    }

    /* For each report, how well a term fits it and which sections have it, as bits. */
    async function find(term) {
      const score = new Uint8Array(reports.length);
      const inSections = new Uint32Array(reports.length);
      const named = agencies.map(one => one.names.some(name => name.includes(term)));
      const placed = agencies.map(one =>
        one.regions.some(code => plainRegions.get(code).includes(term)));
      reports.forEach(({agency}, number) => {
        if (named[agency]) score[number] = SCORES.name;
        else if (plainTitles[number].includes(term)) score[number] = SCORES.title;
        else if (placed[agency]) score[number] = SCORES.text;
      });
      const outside = score.slice();
      for (const unit of await units(term)) {
        const report = reportOf(unit), kind = unit % kinds.length;
        score[report] = Math.max(score[report], scores[kind]);
        inSections[report] |= bits[kind];
      }
      return {score, inSections, outside};
    }

    /* The reports that have all terms, in their order, with a score and the sections as bits. */
    async function search(terms) {
      const found = await Promise.all(terms.map(find));
      const hits = [];
      for (let report = 0; report < reports.length; report += 1) {
        if (!found.every(one => one.score[report])) continue;
        let some = 0, every = -1, score = 0;
        for (const one of found) {
          some |= one.inSections[report];
          every &= one.outside[report] ? -1 : one.inSections[report];
          score += one.score[report];
        }
        hits.push({report, score, sections: some & every});
      }
      const counts = found.map(one => one.score.reduce((sum, each) => sum + (each > 0), 0));
      return {hits, counts};
    }

    return {
      reports, agencies, sections, headings, regions, lineage,
      terms: catalogue.terms, glossary: catalogue.glossary, suffix: catalogue.suffix,
      normalise, search, text,
    };
  }

  /* Numbers from characters; see numbers.py. */
  function reader(alphabet) {
    const base = alphabet.length / 2;
    const values = new Map([...alphabet].map((character, value) => [character.charCodeAt(0), value]));
    const table = Uint8Array.from({length: 128}, (_, code) => values.get(code) ?? 0);
    return code => {
      const found = [];
      let number = 0, scale = 1;
      for (let at = 0; at < code.length; at += 1) {
        const value = table[code.charCodeAt(at)];
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

  /* What two ascending lists share. */
  function both(some, others) {
    const found = [];
    for (let one = 0, other = 0; one < some.length && other < others.length;) {
      if (some[one] < others[other]) one += 1;
      else if (some[one] > others[other]) other += 1;
      else {
        found.push(some[one]);
        one += 1;
        other += 1;
      }
    }
    return found;
  }

  /* So many of a list's members, from its first to its last. */
  function spread(list, count) {
    const step = (list.length - 1) / (count - 1);
    return Array.from({length: count}, (_, place) => list[Math.round(place * step)]);
  }

  window.gongkai.openIndex = open;
  window.gongkai.Stale = Stale;
})();
