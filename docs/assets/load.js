/* Where the site is, and how its files are loaded when they are needed: as scripts, because on a
   disk nothing can be fetched. */
(() => {
  "use strict";

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("..", own.src);

  /** @type {Map<string, Loaded<unknown>>} */
  const taken = new Map();
  /** @type {Map<string, Promise<unknown>>} */
  const loads = new Map();
  let version = "";

  /**
   * @param {string} address
   * @param {boolean} isInOrder - whether it runs after those that were asked for before it
   * @returns {Promise<void>}
   */
  function script(address, isInOrder) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(address, root).href;
      element.async = !isInOrder;
      element.onload = () => { element.remove(); resolve(); };
      element.onerror = () => { element.remove(); reject(new Error(address)); };
      document.head.append(element);
    });
  }

  /**
   * Begin something once; again only after it has failed.
   *
   * @param {string} name
   * @param {() => Promise<unknown>} begin
   */
  function once(name, begin) {
    const begun = loads.get(name);
    if (begun) return begun;
    const loading = begin();
    loading.catch(() => loads.delete(name));
    loads.set(name, loading);
    return loading;
  }

  /**
   * Load a file of the search: its data, and the build that it belongs to.
   *
   * @template {string} Name
   * @param {Name} name
   */
  function load(name) {
    const address = `search/data/${name}.js`;
    const begin = () => script(address + version, false).then(() => taken.get(name));
    return /** @type {Promise<Loaded<DataOf<Name>>>} */ (once(address, begin));
  }

  /**
   * Load scripts that are not there yet; they run in the order in which they are named.
   *
   * @param {string[]} names
   */
  function need(...names) {
    const addresses = names.map(name => `assets/${name}.js`);
    return Promise.all(addresses.map(address => once(address, () => script(address, true))));
  }

  /**
   * Keep the data of a file that has been loaded.
   *
   * @param {string} name
   * @param {string} build
   * @param {unknown} data
   */
  function take(name, build, data) { taken.set(name, {build, data}); }

  /**
   * From now on load files of one build, even where a cache has others.
   *
   * @param {string} build
   */
  function pin(build) { version = `?${build}`; }

  /** Forget the data that were loaded, and load them past the cache. */
  function renew() {
    pin(String(Date.now()));
    for (const address of loads.keys()) {
      if (address.startsWith("search/data/")) loads.delete(address);
    }
    taken.clear();
  }

  /**
   * The address of a page or file of the site.
   *
   * @param {string} name
   * @param {string} suffix
   */
  function pageOf(name, suffix) { return new URL(name + suffix, root); }

  window.gongkai = /** @type {Gongkai} */ ({load, need, pageOf, pin, renew, take});
})();
