/* The search page: its whole state is its address. */
(() => {
  "use strict";

  const {renew, termsOf, make, find, refill, openIndex, Stale} = window.gongkai;
  const {FILTERS, NO_FILTERS, stateOf, addressOf, chosen, choicesOf, agenciesNear, summary} =
    window.gongkai.asking;
  const {agencyItem, reportItem, meanings} = window.gongkai.results;
  const PER_PAGE = 10;
  const LONGEST_QUERY = 200;
  const PATIENCE = 400;  // milliseconds until it is said that the search goes on

  const page = find(document, "#search-page", HTMLElement);
  const status = find(page, ".search-status", HTMLElement);
  const help = find(page, ".search-help", HTMLElement);
  const form = find(document, ".search-box", HTMLFormElement);
  const input = find(form, "input", HTMLInputElement);
  const filters = make("div", {className: "search-filters", hidden: true});
  const shown = make("div", {className: "search-shown"});
  const {title} = document;

  /** @type {Promise<SearchIndex> | null} */
  let opening = null;
  let turn = 0;

  /** @param {SearchState} state */
  function go(state) {
    const address = addressOf(state, location.href).href;
    try {
      history.pushState(null, "", address);
    } catch {  // some browsers refuse it on a disk
      location.assign(address);
      return;
    }
    run();
  }

  /**
   * A link to another state, followed without loading the page anew.
   *
   * @param {SearchState} state
   * @param {string} textContent
   * @param {Properties<"a">} properties
   */
  function linkTo(state, textContent, properties = {}) {
    const {href} = addressOf(state, location.href);
    const link = make("a", {href, textContent, ...properties});
    link.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(state);
      scrollTo(0, 0);
      status.focus({preventScroll: true});
    });
    return link;
  }

  /** Answer what the address asks for. */
  async function run() {
    const own = turn += 1;
    const isCurrent = () => own === turn;
    const state = stateOf(location.href);
    input.value = state.q;
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
      if (isCurrent()) say("资料没有读到，可能是网络断了。请刷新这一页再试。");
      throw error;
    } finally {
      clearTimeout(waiting);
    }
  }

  /**
   * Say something in words, for eyes and ears; nothing else is shown then.
   *
   * @param {string} words
   */
  function say(words) {
    status.textContent = words;
    filters.hidden = true;
    help.hidden = false;
    refill(shown);
    page.dataset.total = "0";
  }

  /**
   * @param {SearchState} state
   * @param {() => boolean} isCurrent - whether nothing else has been asked for since
   */
  async function answer(state, isCurrent) {
    if (!state.q.trim()) { say(""); return; }
    if ([...state.q].length > LONGEST_QUERY) {
      say(`一次最多查 ${LONGEST_QUERY} 个字，请缩短一些。`);
      return;
    }
    const index = await opened();
    const terms = termsOf(state.q, index.normalise);
    if (!terms.length) { say("没有可以查的字，请输入文字或者数字。"); return; }
    const found = await index.search(terms);
    if (isCurrent()) show(index, state, terms, found);
  }

  function opened() {
    if (!opening) {
      opening = openIndex();
      opening.catch(() => { opening = null; });
    }
    return opening;
  }

  /**
   * @param {SearchIndex} index
   * @param {SearchState} state
   * @param {string[]} terms
   * @param {Found} found
   */
  function show(index, state, terms, found) {
    const hits = chosen(index, state, found.hits);
    const pages = Math.max(1, Math.ceil(hits.length / PER_PAGE));
    const current = Math.min(state.page, pages);
    const here = hits.slice((current - 1) * PER_PAGE, current * PER_PAGE);
    const agencies =
      state.page === 1 ? agenciesNear(index, terms, state.q, found.hits.length) : [];
    const list = make("ol", {className: "search-results"},
      ...agencies.map(agency => agencyItem(index, terms, agency)),
      ...here.map(hit => reportItem(index, terms, hit, state.section)));
    help.hidden = hits.length > 0;
    status.textContent = summary(state.q, terms, hits.length, found);
    showFilters(index, state, found.hits);
    refill(shown, ...meanings(index, terms), sorting(state, hits.length), list,
      pager(state, current, pages));
    page.dataset.total = String(hits.length);
  }

  /**
   * @param {SearchState} state
   * @param {number} count
   */
  function sorting(state, count) {
    const link = (/** @type {SearchState["sort"]} */ sort, /** @type {string} */ text) =>
      linkTo({...state, sort, page: 1}, text, state.sort === sort ? {"aria-current": "true"} : {});
    return make("p", {className: "search-sorting", hidden: count < 2}, "排序：",
      link("", "最相关的在前"), link("time", "最新的在前"));
  }

  /**
   * @param {SearchState} state
   * @param {number} current
   * @param {number} pages
   */
  function pager(state, current, pages) {
    const to = (/** @type {number} */ number, /** @type {string} */ text) =>
      linkTo({...state, page: number}, text);
    const nav = make("nav",
      {className: "search-pages", "aria-label": "结果分页", hidden: pages < 2});
    if (current > 1) nav.append(to(current - 1, "上一页"));
    nav.append(make("span", {textContent: `第 ${current} 页，共 ${pages} 页`}));
    if (current < pages) nav.append(to(current + 1, "下一页"));
    return nav;
  }

  /**
   * The filters, each choice with the number of reports that it would leave.
   *
   * @param {SearchIndex} index
   * @param {SearchState} state
   * @param {Hit[]} hits
   */
  function showFilters(index, state, hits) {
    const active = document.activeElement;
    const focused = active && filters.contains(active) ? active.id : "";
    refill(filters, ...FILTERS.flatMap(name => {
      const choices = choicesOf(index, state, hits, name);
      return choices ? [filter(index, state, name, choices)] : [];
    }));
    filters.hidden = !filters.hasChildNodes();
    const again = focused && document.getElementById(focused);
    if (again) again.focus();
    if (FILTERS.some(name => state[name])) {
      filters.append(linkTo({...state, ...NO_FILTERS, page: 1}, "去掉所有条件",
        {className: "search-clear"}));
    }
  }

  /**
   * @param {SearchIndex} index
   * @param {SearchState} state
   * @param {FilterName} name
   * @param {Choices} choices
   */
  function filter(index, state, name, {total, counts, values}) {
    const {label, all, word} = wordsOf(index, name);
    const select = make("select", {id: `search-${name}`, name},
      make("option", {value: "", textContent: `${all}（${total}）`}),
      ...values.map(value =>
        make("option", {value, textContent: `${word(value)}（${counts.get(value)}）`})));
    select.value = state[name];
    select.addEventListener("change", () => go({...state, [name]: select.value, page: 1}));
    return make("p", {className: "search-filter"},
      make("label", {htmlFor: select.id, textContent: label}), select);
  }

  /**
   * What a filter is called, and its values.
   *
   * @param {SearchIndex} index
   * @param {FilterName} name
   * @returns {{label: string, all: string, word: (value: string) => string}}
   */
  function wordsOf(index, name) {
    switch (name) {
      case "year": return {label: "年度", all: "全部年度", word: value => `${value}年`};
      case "region": return {label: "地区", all: "全部地区", word: code => placeName(index, code)};
      case "agency": {
        const names = new Map(index.agencies.map(agency => [agency.slug, agency.name]));
        return {label: "机关", all: "全部机关", word: slug => names.get(slug) || slug};
      }
      case "kind": return {label: "机关类别", all: "全部类别", word: value => value};
      default:
        return {label: "报告部分", all: "全部部分", word: id => index.headings.get(id) || id};
    }
  }

  /**
   * A region's name, set in below that of the region above.
   *
   * @param {SearchIndex} index
   * @param {string} code
   */
  function placeName(index, code) {
    const depth = Math.max(0, index.lineage(code).length - 1);
    const place = index.regions.get(code);
    return "　".repeat(depth) + (place ? place[0] : code);
  }

  page.append(filters, shown);
  status.tabIndex = -1;
  form.addEventListener("submit", event => {
    event.preventDefault();
    go({...stateOf(location.href), ...NO_FILTERS, q: input.value, page: 1});
  });
  addEventListener("popstate", run);
  run();
})();
