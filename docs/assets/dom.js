/* Elements, found and made. Whatever comes from data is set as text. */
(() => {
  "use strict";

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Properties<Name>} properties - properties, or attributes of that name
   * @param {(Node | string)[]} children
   */
  function make(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) Object.assign(element, {[key]: value});
      else element.setAttribute(key, String(value));
    }
    element.append(...children);
    return element;
  }

  /**
   * The first element of a kind that a selector finds; a page without it is a mistake.
   *
   * @template {Element} Kind
   * @param {ParentNode} within
   * @param {string} selector
   * @param {{new (): Kind, prototype: Kind}} kind
   */
  function find(within, selector, kind) {
    const found = within.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`no ${selector}`);
    return found;
  }

  /**
   * Put nodes in the place of all that an element has.
   *
   * @param {Element} element
   * @param {(Node | string)[]} children
   */
  function refill(element, ...children) {
    element.textContent = "";
    element.append(...children);
  }

  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({make, find, refill}));
})();
