/* How a reader wishes to see the pages: large text, high contrast, light or dark. A choice is kept
   for all pages; until there is one, it is as the system has it. Loaded in the head, so that no
   page is drawn in another look first. Without this script dark.css follows the system by itself. */
(() => {
  "use strict";

  const root = document.documentElement;
  const strong = matchMedia("(prefers-contrast: more)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const SWITCHES = ["large-text", "high-contrast"];
  const COLOURS = "colours";

  /** What the browser refused to keep: it holds for this page. @type {Map<string, string>} */
  const refused = new Map();

  /** @param {string} name */
  function kept(name) {
    const here = refused.get(name);
    if (here !== undefined) return here;
    try {
      return localStorage.getItem(`gongkai.${name}`);
    } catch {
      return null;
    }
  }

  /**
   * @param {string} name
   * @param {string} choice
   */
  function choose(name, choice) {
    try {
      localStorage.setItem(`gongkai.${name}`, choice);
      refused.delete(name);
    } catch {
      refused.set(name, choice);
    }
    show();
  }

  /** @param {string} name */
  function isOn(name) {
    return (kept(name) || (name === "high-contrast" && strong.matches ? "on" : "off")) === "on";
  }

  /** Show all that is chosen, as far as the page is there yet. */
  function show() {
    for (const name of SWITCHES) showSwitch(name, isOn(name));
    showColours(kept(COLOURS) || "");
  }

  /**
   * @param {string} name
   * @param {boolean} isPressed
   */
  function showSwitch(name, isPressed) {
    root.toggleAttribute(`data-${name}`, isPressed);
    for (const button of document.querySelectorAll(`[data-preference="${name}"]`)) {
      button.setAttribute("aria-pressed", String(isPressed));
    }
  }

  /**
   * The style sheet of the dark colours, and in the header a radio button for each colour and a
   * sign for the other one.
   *
   * @param {string} choice - dark, light, or none
   */
  function showColours(choice) {
    const isDark = choice ? choice === "dark" : dark.matches;
    const sheet = document.getElementById("dark-colours");
    if (choice && sheet instanceof HTMLLinkElement) sheet.media = isDark ? "screen" : "not all";
    if (document.body) document.body.dataset.mdColorScheme = isDark ? "slate" : "default";
    for (const option of document.querySelectorAll("[name=__palette]")) {
      if (!(option instanceof HTMLInputElement)) continue;
      option.checked = (option.dataset.mdColorScheme === "slate") === isDark;
      const sign = option.nextElementSibling;
      if (sign instanceof HTMLElement) sign.hidden = !option.checked;
    }
  }

  root.toggleAttribute("data-scripted", true);
  show();
  document.addEventListener("DOMContentLoaded", show);
  strong.addEventListener("change", show);
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("pageshow", event => { if (event.persisted) show(); });
  document.addEventListener("click", event => {
    const button = event.target instanceof Element && event.target.closest("[data-preference]");
    const name = button instanceof HTMLElement && button.dataset.preference;
    if (name && SWITCHES.includes(name)) choose(name, isOn(name) ? "off" : "on");
  });
  document.addEventListener("change", event => {
    const option = event.target;
    if (!(option instanceof HTMLInputElement) || option.name !== "__palette") return;
    choose(COLOURS, option.dataset.mdColorScheme === "slate" ? "dark" : "light");
  });
})();
