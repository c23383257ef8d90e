import assert from "node:assert/strict";
import { test } from "node:test";
import { CHARACTERS, SITE, scripts } from "./scripts.js";

const { normaliser, suggester } = scripts(["text", "suggestions"]);
const CATALOGUE = {
  suffix: "/",
  regions: { 3501: ["福州市", ""] },
  agencies: [
    ["gongan", "福州市公安局", "部门", "3501", "公安局", "福州公安处"],
    ...Array.from({ length: 12 }, (_, at) => [`a${at}`, `第${at}局`, "部门", "3501", ""]),
  ],
  years: [2021],
  glossary: "glossary/",
  terms: [["申请公开", "", "", "requests"]],
};
const suggest = suggester(CATALOGUE, normaliser(CHARACTERS));
const texts = words => Array.from(suggest(words), option => option.text);

test("a name that is just that comes first, then those that begin with it", () => {
  assert.deepEqual(texts("公安局"), ["公安局（福州市公安局）", "福州市公安局"]);
  assert.deepEqual(texts("福州"), ["福州市", "福州市公安局", "福州公安处（福州市公安局）"]);
});

test("a name is suggested wherever it has what was typed", () => {
  assert.deepEqual(texts("州市"), ["福州市", "福州市公安局"]);
  assert.deepEqual(texts("安处"), ["福州公安处（福州市公安局）"]);
});

test("all kinds are suggested, with their addresses", () => {
  const addressOf = words => suggest(words)[0].href.href.replace(SITE, "");
  assert.equal(addressOf("福州市"), "regions/3501/");
  assert.equal(addressOf("公安处"), "agencies/gongan/");
  assert.equal(addressOf("２02"), "years/2021/");
  assert.equal(addressOf("申请"), "glossary/#requests");
});

test("nothing is suggested for nothing, and never more than fit", () => {
  assert.deepEqual(texts("“ ”"), []);
  assert.deepEqual(texts("没有这个"), []);
  assert.equal(texts("第").length, 8);
});
