/* The search box on every page. Everything else of the search is loaded when it is needed. */
(() => {
  "use strict";

  const {load, need, make, find, refill} = window.gongkai;

  class SearchBox {
    /** @param {HTMLFormElement} form */
    constructor(form) {
      this.form = form;
      this.input = find(form, "input", HTMLInputElement);
      this.list = find(form, "ul", HTMLUListElement);
      this.said = find(form, "[role=status]", HTMLElement);
      /** @type {((words: string) => Suggestion[]) | null} */
      this.suggest = null;
      /** @type {Suggestion[]} */
      this.options = [];
      this.active = -1;
      this.isComposing = false;
    }

    /** @param {string} query */
    begin(query) {
      const {form, input, list} = this;
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
      input.setAttribute("aria-controls", list.id);
      input.value = query;
      const prepare = () => { this.prepare().catch(() => {}); };
      input.addEventListener("focus", prepare);
      input.addEventListener("compositionstart", () => { this.isComposing = true; });
      input.addEventListener("compositionend", () => { this.isComposing = false; this.show(); });
      input.addEventListener("input", () => { prepare(); this.show(); });
      input.addEventListener("keydown", event => this.press(event));
      input.addEventListener("blur", () => this.close());
      form.addEventListener("submit", () => this.close());
      list.addEventListener("pointerdown", event => event.preventDefault());
      list.addEventListener("click", event => this.click(event));
      document.addEventListener("keydown", event => this.call(event));
    }

    /** Load what suggestions are made from. */
    async prepare() {
      if (this.suggest) return;
      const [characters, catalogue] = await Promise.all(
        [load("characters"), load("catalogue"), need("text", "suggestions")]);
      const {normaliser, suggester} = window.gongkai;
      this.suggest = suggester(catalogue.data, normaliser(characters.data));
      this.show();
    }

    show() {
      const {input, list, suggest} = this;
      if (this.isComposing || !suggest || document.activeElement !== input) return;
      this.options = input.value.trim() ? suggest(input.value) : [];
      const count = this.options.length;
      this.said.textContent = count ? `有 ${count} 条建议，用上下键选择。` : "";
      if (!count) { this.close(); return; }
      refill(list, ...this.options.map(optionItem));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      this.choose(-1);
    }

    close() {
      this.list.hidden = true;
      this.options = [];
      refill(this.list);
      this.input.setAttribute("aria-expanded", "false");
      this.choose(-1);
    }

    /** @param {number} at - the place of an option, or -1 for none */
    choose(at) {
      const items = [...this.list.children];
      this.active = at;
      items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
      if (at < 0) {
        this.input.removeAttribute("aria-activedescendant");
      } else {
        this.input.setAttribute("aria-activedescendant", items[at].id);
        items[at].scrollIntoView({block: "nearest"});
      }
    }

    /** @param {Suggestion} option */
    follow(option) {
      this.close();
      location.assign(option.href.href);
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      if (event.isComposing || event.keyCode === 229) return;
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (step && this.options.length) {
        event.preventDefault();
        const places = this.options.length + 1;
        this.choose((this.active + 1 + step + places) % places - 1);
      } else if (event.key === "Enter" && this.active >= 0) {
        event.preventDefault();
        this.follow(this.options[this.active]);
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      }
    }

    /** @param {MouseEvent} event */
    click(event) {
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      const place = [...this.list.children].findIndex(one => one === item);
      if (place >= 0) this.follow(this.options[place]);
    }

    /**
     * A slash brings the reader here, unless it is typed somewhere.
     *
     * @param {KeyboardEvent} event
     */
    call(event) {
      const isTyping = event.target instanceof Element
        && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.input.focus();
      this.input.select();
    }
  }

  /**
   * @param {Suggestion} option
   * @param {number} place
   */
  function optionItem({text, kind}, place) {
    return make("li", {id: `search-option-${place}`, role: "option", "aria-selected": "false"},
      make("span", {className: "search-option-text", textContent: text}),
      make("span", {className: "search-option-kind", textContent: kind}));
  }

  /** @param {string} query */
  async function markPage(query) {
    const article = document.querySelector("article");
    if (!article || !query) return;
    await need("text", "marks");
    await window.gongkai.mark(article, query);
  }

  const query = new URLSearchParams(location.search).get("q") || "";
  for (const form of document.forms) {
    if (form.matches(".search-box")) new SearchBox(form).begin(query);
  }
  const work = document.getElementById("search-page")
    ? need("text", "search-lists", "search-index", "search-state", "search-results", "search-page")
    : markPage(query);
  work.catch(() => {});  // the page is whole without it
})();
