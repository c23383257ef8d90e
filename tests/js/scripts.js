/** The scripts of the site outside of a browser: run in a world of their own, with a bare page. */

import { readFileSync } from "node:fs";
import { runInContext, createContext } from "node:vm";

const FOLDER = new URL("../../docs/assets/", import.meta.url);
export const SITE = "https://example.org/portal/";

class Element {}

/** Return a page without content on which no script has run. */
function page() {
  const world = createContext({
    URL, URLSearchParams, addEventListener() {}, Element, HTMLTableElement: Element,
    document: {
      currentScript: { src: `${SITE}assets/x.js` },
      forms: [],
      getElementById: () => null,
      querySelectorAll: () => [],
    },
    location: { hash: "", href: `${SITE}search/` },
  });
  world.window = world;
  return world;
}

/**
 * Run scripts after load.js, some of which is replaced; return what they share, and their world.
 */
export function scripts(names, replaced = {}) {
  const world = page();
  run(world, "load");
  Object.assign(world.gongkai, replaced);
  for (const name of names) run(world, name);
  return { ...world.gongkai, world };
}

function run(world, name) {
  const file = new URL(`${name}.js`, FOLDER);
  runInContext(readFileSync(file, "utf-8"), world, { filename: file.pathname });
}

/** Return a value as this world has it, whose prototypes are not those of the page's. */
export function plain(value) {
  return structuredClone(value);
}

/** Characters that the search takes for equal, as few as tests need. */
export const CHARACTERS = ["ＡAB２（〔　\n", "aab2((  ", { "㈠": "(一)", "“": "", "”": "" }];
