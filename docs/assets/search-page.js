/* The search page: its whole state is its address. */
(() => {
  "use strict";

  const {renew, ranges, termsOf, make, pageOf, openIndex, Stale} = window.gongkai;
  const PER_PAGE = 10;
  const LONGEST_QUERY = 200;
  const MOST_PASSAGES = 3;
  const MOST_AGENCIES = 3;
  const BEFORE = 28, AROUND = 96;
  const PATIENCE = 400;  // milliseconds until it is said that the search goes on

  const page = document.getElementById("search-page");
  const status = page.querySelector(".search-status");
  const help = page.querySelector(".search-help");
  const form = document.querySelector(".search-box");
  const filters = make("div", {className: "search-filters", hidden: true});
  const shown = make("div", {className: "search-shown"});
  page.append(filters, shown);
  status.tabIndex = -1;

  const {title} = document;
  let opening = null, turn = 0;

  /* What the address asks for; a filter that is not set is empty. */
  const NAMES = ["year", "region", "agency", "section", "kind"];

  function stateOf(address) {
    const asked = new URL(address).searchParams;
    const state = {
      q: asked.get("q") ?? "",
      sort: asked.get("sort") === "time" ? "time" : "",
      page: Math.max(1, Math.floor(Number(asked.get("page"))) || 1),
    };
    for (const name of NAMES) state[name] = asked.get(name) ?? "";
    return state;
  }

  function addressOf(state) {
    const address = new URL(location.pathname, location.href);
    for (const [name, value] of Object.entries(state)) {
      if (value && !(name === "page" && value === 1)) address.searchParams.set(name, value);
    }
    return address;
  }

  function go(state) {
    try {
      history.pushState(null, "", addressOf(state));
    } catch {  // some browsers refuse it on a disk
      location.assign(addressOf(state));
      return;
    }
    run();
  }

  /* A link to another state, followed without loading the page anew. */
  function linkTo(state, text, properties = {}) {
    const link = make("a", {href: addressOf(state).href, textContent: text, ...properties});
    link.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(state);
      scrollTo(0, 0);
      status.focus({preventScroll: true});
    });
    return link;
  }

  async function run() {
    const own = turn += 1;
    const isCurrent = () => own === turn;
    const state = stateOf(location.href);
    form.querySelector("input").value = state.q;
    document.title = state.q.trim() ? `${state.q.trim()} · ${title}` : title;
    delete page.dataset.total;
    const waiting = setTimeout(() => {
      if (isCurrent()) status.textContent = "正在查找……";
    }, PATIENCE);
    try {
      await answer(state, isCurrent).catch(error => {
        if (!(error instanceof Stale)) throw error;
        renew();
        opening = null;
        return answer(state, isCurrent);
      });
    } catch (error) {
      if (isCurrent()) say("资料没有读到，可能是网络断了。请刷新这一页再试。", 0);
      throw error;
    } finally {
      clearTimeout(waiting);
    }
  }

  /* Say in words what was found, for eyes and ears; nothing else is shown then. */
  function say(words, total, ...more) {
    status.textContent = words;
    filters.hidden = true;
    help.hidden = false;
    shown.replaceChildren(...more);
    page.dataset.total = String(total);
  }

  async function answer(state, isCurrent) {
    if (!state.q.trim()) { say("", 0); return; }
    if ([...state.q].length > LONGEST_QUERY) {
      say(`一次最多查 ${LONGEST_QUERY} 个字，请缩短一些。`, 0);
      return;
    }
    opening ??= openIndex();
    opening.catch(() => { opening = null; });
    const index = await opening;
    const terms = termsOf(state.q, index.normalise);
    if (!terms.length) { say("没有可以查的字，请输入文字或者数字。", 0); return; }
    const {hits, counts} = await index.search(terms);
    if (!isCurrent()) return;
    const chosen = hits.filter(hit => fits(index, state, hit));
    if (state.sort !== "time") chosen.sort((one, other) => other.score - one.score);
    show(index, state, terms, {hits, counts, chosen});
  }

  /* Whether a hit passes the filters, one left out where its choices are counted. */
  function fits(index, state, hit, but = "") {
    return NAMES.every(name => !state[name] || name === but
      || valuesOf(index, hit, name).includes(state[name]));
  }

  function valuesOf(index, hit, name) {
    const report = index.reports[hit.report];
    const agency = index.agencies[report.agency];
    if (name === "year") return [String(report.year)];
    if (name === "agency") return [agency.slug];
    if (name === "kind") return [agency.kind];
    if (name === "region") return agency.regions;
    return index.sections.filter((_, place) => hit.sections & 1 << place);
  }

  function show(index, state, terms, {hits, counts, chosen}) {
    help.hidden = chosen.length > 0;
    const agencies = state.page === 1 ? agenciesNear(index, state, terms, hits.length) : [];
    const pages = Math.max(1, Math.ceil(chosen.length / PER_PAGE));
    const current = Math.min(state.page, pages);
    const here = chosen.slice((current - 1) * PER_PAGE, current * PER_PAGE);
    const list = make("ol", {className: "search-results"});
    list.append(...agencies.map(agency => agencyItem(index, terms, agency)));
    list.append(...here.map(hit => reportItem(index, state, terms, hit)));
    status.textContent = summary(state, terms, chosen.length, hits.length, counts);
    fill(index, state, hits);
    shown.replaceChildren(...meanings(index, terms), sorting(state, chosen.length), list,
      pager(state, current, pages));
    page.dataset.total = String(chosen.length);
  }

  function summary(state, terms, count, all, counts) {
    if (count) return `找到 ${count} 份报告。`;
    if (all) return "没有符合这些条件的报告，请放宽条件。";
    if (terms.length === 1) return `没有一份报告里有“${state.q.trim()}”。请换一个词，或者少输几个字。`;
    const number = place => counts[place] ? ` ${counts[place]} 份` : "没有";
    const each = terms.map((term, place) => `“${term}”${number(place)}`).join("，");
    return `没有一份报告里这些词都有。分开看：${each}。`;
  }

  /* Agencies whose names have all terms; one that is named exactly comes first. */
  function agenciesOf(index, terms, query) {
    const whole = index.normalise(query).text;
    const found = index.agencies
      .map((one, place) => ({
        place,
        isExact: one.names.some(name => name === whole),
        isFound: terms.every(term => one.names.some(name => name.includes(term))),
      }))
      .filter(one => one.isExact || one.isFound)
      .sort((one, other) => other.isExact - one.isExact);
    return found.slice(0, MOST_AGENCIES).map(one => index.agencies[one.place]);
  }

  /* Where no report has all terms, the agencies that a single term names lead on. */
  function agenciesNear(index, state, terms, count) {
    const found = agenciesOf(index, terms, state.q);
    if (found.length || count) return found;
    return [...new Set(terms.flatMap(term => agenciesOf(index, [term], term)))]
      .slice(0, MOST_AGENCIES);
  }

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

  function reportItem(index, state, terms, hit) {
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
    if (hit.sections) {
      passages.className += " search-passages--waiting";
      index.text(hit.report).then(entries => {
        passages.replaceChildren(...passagesOf(index, state, terms, entries, address));
        passages.classList.remove("search-passages--waiting");
      }, () => {
        passages.textContent = "正文没有读到，请打开报告看。";
      });
    }
    return item;
  }

  /* The passages with most of the terms, in the order of the report. */
  function passagesOf(index, state, terms, entries, address) {
    const found = [];
    for (const entry of entries) {
      if (state.section && entry.section !== state.section) continue;
      const plain = entry.searched.map(piece => index.normalise(piece).text);
      const has = terms.filter(term => plain.some(piece => piece.includes(term)));
      if (has.length) found.push({entry, has: has.length, place: found.length});
    }
    const best = [...found]
      .sort((one, other) => other.has - one.has || one.place - other.place)
      .slice(0, MOST_PASSAGES)
      .sort((one, other) => one.place - other.place);
    const lines = best.flatMap(({entry}, place) => {
      const isNew = place === 0 || best[place - 1].entry.section !== entry.section;
      const heading = make("p", {className: "search-section",
        textContent: index.headings.get(entry.section)});
      return [...isNew ? [heading] : [], passage(index, terms, entry, address)];
    });
    const rest = found.length - best.length;
    if (rest) {
      lines.push(make("p", {className: "search-rest", textContent: `这份报告里还有 ${rest} 处。`}));
    }
    return lines;
  }

  function passage(index, terms, entry, address) {
    const there = new URL(address);
    there.hash = entry.fragment;
    const {text, marks} = marked(index, entry.pieces, terms);
    const first = marks[0]?.[0] ?? 0;
    const from = first > BEFORE + 8 ? first - BEFORE : 0;
    const to = Math.min(text.length, Math.max(from + AROUND, marks[0]?.[1] ?? 0));
    return make("p", {className: "search-passage"}, make("a", {href: there.href},
      from ? "……" : "", ...cut(text, marks, from, to), to < text.length ? "……" : ""));
  }

  /* An entry as one text, and where the terms stand in it; between pieces no term matches. */
  function marked(index, pieces, terms) {
    let text = "";
    const marks = [];
    pieces.forEach((piece, place) => {
      if (place % 2 === 0) {
        for (const [start, end] of ranges(index.normalise(piece), terms)) {
          marks.push([text.length + start, text.length + end]);
        }
      }
      text += piece;
    });
    return {text, marks};
  }

  function highlighted(index, text, terms) {
    return cut(text, ranges(index.normalise(text), terms), 0, text.length);
  }

  /* A part of a text as nodes, its marks included. */
  function cut(text, marks, from, to) {
    const nodes = [];
    let place = from;
    for (const [start, end] of marks) {
      if (end <= from || start >= to) continue;
      nodes.push(text.slice(place, Math.max(start, from)));
      nodes.push(make("mark", {textContent: text.slice(Math.max(start, from), Math.min(end, to))}));
      place = Math.min(end, to);
    }
    nodes.push(text.slice(place, to));
    return nodes.filter(Boolean);
  }

  /* What words of the form mean. */
  function meanings(index, terms) {
    const known = index.terms.filter(([word]) =>
      terms.includes(index.normalise(word).text));
    return known.slice(0, 2).map(([word, meaning, basis, anchor]) => {
      const href = pageOf(index.glossary, `#${anchor}`).href;
      return make("p", {className: "search-meaning"}, make("a", {href, textContent: word}),
        `：${meaning}`, basis ? `（${basis}）` : "");
    });
  }

  function sorting(state, count) {
    const line = make("p", {className: "search-sorting", hidden: count < 2}, "排序：");
    for (const [sort, text] of [["", "最相关的在前"], ["time", "最新的在前"]]) {
      line.append(linkTo({...state, sort, page: 1}, text,
        state.sort === sort ? {"aria-current": "true"} : {}));
    }
    return line;
  }

  function pager(state, current, pages) {
    const nav = make("nav", {className: "search-pages", "aria-label": "结果分页", hidden: pages < 2});
    const to = (number, text) => linkTo({...state, page: number}, text);
    if (current > 1) nav.append(to(current - 1, "上一页"));
    nav.append(make("span", {textContent: `第 ${current} 页，共 ${pages} 页`}));
    if (current < pages) nav.append(to(current + 1, "下一页"));
    return nav;
  }

  /* The filters, each choice with the number of reports that it would leave. */
  function fill(index, state, hits) {
    const names = new Map(index.agencies.map(agency => [agency.slug, agency.name]));
    const fields = [
      ["year", "年度", "全部年度", value => `${value}年`],
      ["region", "地区", "全部地区", value => placeName(index, value)],
      ["agency", "机关", "全部机关", value => names.get(value) ?? value],
      ["kind", "机关类别", "全部类别", value => value],
      ["section", "报告部分", "全部部分", value => index.headings.get(value) ?? value],
    ];
    const focused = filters.contains(document.activeElement) ? document.activeElement.id : "";
    filters.replaceChildren(...fields.flatMap(field => choice(index, state, hits, field)));
    filters.hidden = !filters.hasChildNodes();
    if (focused) document.getElementById(focused)?.focus();
    if (NAMES.some(name => state[name])) {
      const none = Object.fromEntries(NAMES.map(name => [name, ""]));
      filters.append(linkTo({...state, ...none, page: 1}, "去掉所有条件", {className: "search-clear"}));
    }
  }

  /* A region's name, set in below that of the region above. */
  function placeName(index, code) {
    const depth = Math.max(0, index.lineage(code).length - 1);
    return "　".repeat(depth) + (index.regions.get(code)?.[0] ?? code);
  }

  /* A filter; nothing where no choice would leave fewer reports. */
  function choice(index, state, hits, [name, label, all, word]) {
    const counts = new Map(state[name] ? [[state[name], 0]] : []);
    let total = 0;
    for (const hit of hits) {
      if (!fits(index, state, hit, name)) continue;
      total += 1;
      for (const value of valuesOf(index, hit, name)) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    if (!state[name] && [...counts.values()].every(count => count === total)) return [];
    const values = ordered(index, name, [...counts.keys()], counts);
    const select = make("select", {id: `search-${name}`, name});
    select.append(make("option", {value: "", textContent: `${all}（${total}）`}));
    select.append(...values.map(value =>
      make("option", {value, textContent: `${word(value)}（${counts.get(value)}）`})));
    select.value = state[name];
    select.addEventListener("change", () => go({...state, [name]: select.value, page: 1}));
    return [make("p", {className: "search-filter"},
      make("label", {htmlFor: select.id, textContent: label}), select)];
  }

  function ordered(index, name, values, counts) {
    if (name === "year") return values.sort((one, other) => other - one);
    if (name === "section") {
      return values.sort((one, other) => index.sections.indexOf(one) - index.sections.indexOf(other));
    }
    if (name === "region") {
      const way = code => index.lineage(code).reverse().join(" ");
      return values.sort((one, other) => way(one) < way(other) ? -1 : 1);
    }
    return values.sort((one, other) => counts.get(other) - counts.get(one));
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    const state = stateOf(location.href);
    go({...state, q: form.querySelector("input").value, page: 1,
      ...Object.fromEntries(NAMES.map(name => [name, ""]))});
  });
  addEventListener("popstate", run);
  run();
})();
