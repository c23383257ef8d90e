/** An index small enough to be made by hand: lists, texts and names of a few reports. */

import { CHARACTERS, scripts } from "./scripts.js";

const BUILD = "b1";
const SLOT = 64;
export const ALPHABET = "abcdef";
const BASE = ALPHABET.length / 2;

/** Write a number as hooks/gongkai/publishing/search/numbers.py does. */
export function written(number) {
  return number < BASE
    ? ALPHABET[BASE + number]
    : ALPHABET[number % BASE] + written(Math.floor(number / BASE));
}

function ascending(numbers) {
  return numbers.map((number, at) => written(number - (at ? numbers[at - 1] : 0))).join("");
}

const CATALOGUE = {
  suffix: "/",
  regions: { 35: ["福建省", ""], 3501: ["福州市", "35"], 3502: ["厦门市", "35"] },
  agencies: [
    ["gongan", "福州市公安局", "部门", "3501", "市公安局", "福州公安处"],
    ["xiamen", "厦门市人民政府", "政府", "3502", ""],
  ],
  years: [2020, 2021],
  glossary: "glossary/",
  terms: [["受理", "收下来办", "条例", "requests.received"]],
};

/**
 * Return what a page has that can ask an index, and the files that it loads.
 *
 * `texts` are for each report, in their order, its entries as `{section: text}`: three reports are
 * of Fuzhou 2021, Xiamen 2021 and Fuzhou 2020, more are of Fuzhou and Xiamen in turn. `sections`
 * are their ids in order.
 */
export function indexed(texts, sections) {
  const years = Array.from({ length: Math.ceil(texts.length / 2) }, (_, at) => 2021 - at);
  const agencies = years.map((year, at) =>
    [year, ascending(texts.length - 2 * at > 1 ? [0, 1] : [0])]);
  const plan = {
    agencies: Object.fromEntries(agencies),
    usual: Object.fromEntries(years.map(year => [year, "{机关}{年度}年报告"])),
    unusual: { 1: "厦门市 2021 年报告" },
    alphabet: ALPHABET,
    kinds: sections.map(id => [id, false, `第${id}部分`]),
    slot: SLOT,
    widths: sections.map(id => texts.map(text => written(text[id] ? 1 : 0)).join("")),
    longest: 3,
    common: [],
    shards: { s: 1, c: 1 },
    hash: [8191, 1_000_003],
    texts: 2,
  };
  const entries = texts.map(text => Object.entries(text).map(([id, words]) =>
    [sections.indexOf(id), "", words, "（只看）"]));
  const files = {
    characters: CHARACTERS, catalogue: CATALOGUE, reports: plan, ...listsOf(texts, sections),
  };
  for (let at = 0; at < entries.length; at += 2) files[`t${at / 2}`] = entries.slice(at, at + 2);
  const loaded = [], builds = {};
  const load = async name => {
    loaded.push(name);
    return { build: builds[name] || BUILD, data: files[name] };
  };
  const shared = scripts(["text", "search-lists", "search-index", "search-state"], { load });
  return { ...shared, loaded, files, builds };
}

function listsOf(texts, sections) {
  const [pairs, singles] = [new Map(), new Map()];
  const put = (lists, key, value) => {
    const list = lists.get(key) || [];
    if (list[list.length - 1] !== value) list.push(value);
    lists.set(key, list);
  };
  let slot = 1;
  texts.forEach((text, report) => sections.forEach((id, kind) => {
    if (!text[id]) return;
    const characters = [...text[id]];
    characters.forEach((character, at) => {
      put(singles, character, report * sections.length + kind);
      const next = characters[at + 1];
      if (next) put(pairs, character + next, slot * SLOT + at);
    });
    slot += 1;
  }));
  const flat = lists => [...lists].flatMap(([gram, numbers]) => [gram, ascending(numbers)]);
  return { s0: flat(pairs), c0: flat(singles) };
}
