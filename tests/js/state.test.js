import assert from "node:assert/strict";
import { before, test } from "node:test";
import { indexed } from "./small-index.js";
import { plain } from "./scripts.js";

const PAGE = "https://example.org/portal/search/";
const { openIndex, asking } = indexed(
  [
    { a: "公开信息", b: "公开" },
    { a: "公开信息", b: "申请" },
    { b: "公开" },
  ],
  ["a", "b"],
);
const { stateOf, addressOf, chosen, choicesOf, agenciesNear, summary } = asking;
const EMPTY = plain(stateOf(PAGE));
let index, found;

before(async () => {
  index = await openIndex();
  found = await index.search(["公开"]);
});

const reports = state => plain(chosen(index, { ...EMPTY, ...state }, [...found.hits]))
  .map(hit => hit.report);
const choices = (name, state = {}) =>
  plain(choicesOf(index, { ...EMPTY, ...state }, found.hits, name));

test("an address that asks for nothing is the empty state", () => {
  assert.deepEqual(EMPTY, {
    q: "", sort: "", page: 1, year: "", region: "", agency: "", section: "", kind: "",
  });
});

test("a state is read from the address that it writes", () => {
  const state = { ...EMPTY, q: "三公 经费&a=1#x", sort: "time", page: 3, year: "2021", region: "35" };
  const address = addressOf(state, `${PAGE}?q=old&kind=政府#here`);
  assert.deepEqual(plain(stateOf(address.href)), state);
  assert.equal(address.hash, "");
});

test("an address says only what differs from the empty state", () => {
  assert.equal(addressOf({ ...EMPTY, q: "x" }, `${PAGE}?page=2`).href, `${PAGE}?q=x`);
  assert.equal(addressOf(EMPTY, PAGE).href, PAGE);
  assert.equal(addressOf(EMPTY, "file:///site/search/index.html?q=x").href,
    "file:///site/search/index.html");
});

test("nonsense in an address asks for nothing", () => {
  for (const page of ["0", "-3", "x", "NaN", ""]) {
    assert.equal(stateOf(`${PAGE}?page=${page}`).page, 1, page);
  }
  assert.equal(stateOf(`${PAGE}?page=2.9`).page, 2);
  assert.equal(stateOf(`${PAGE}?sort=best`).sort, "");
});

test("filters leave the reports that have their values", () => {
  assert.deepEqual(reports({}), [0, 1, 2]);
  assert.deepEqual(reports({ year: "2021" }), [0, 1]);
  assert.deepEqual(reports({ region: "3501" }), [0, 2]);
  assert.deepEqual(reports({ region: "35" }), [0, 1, 2]);
  assert.deepEqual(reports({ kind: "政府" }), [1]);
  assert.deepEqual(reports({ agency: "gongan", year: "2020" }), [2]);
  assert.deepEqual(reports({ section: "a" }), [0, 1]);
  assert.deepEqual(reports({ year: "1999" }), []);
});

test("hits are in the order of their scores, or of time", () => {
  const hits = [{ report: 0, score: 1, sections: [] }, { report: 2, score: 8, sections: [] }];
  const order = sort => chosen(index, { ...EMPTY, sort }, [...hits]).map(hit => hit.report);
  assert.deepEqual(plain(order("")), [2, 0]);
  assert.deepEqual(plain(order("time")), [0, 2]);
});

test("a filter's choices say how many reports each would leave, the other filters kept", () => {
  const { total, counts, values } = choices("year");
  assert.deepEqual([total, values, [...counts]], [3, ["2021", "2020"], [["2021", 2], ["2020", 1]]]);
  assert.deepEqual([...choices("year", { agency: "xiamen", year: "2020" }).counts],
    [["2020", 0], ["2021", 1]]);
});

test("choices are in their own order", () => {
  assert.deepEqual(choices("region").values, ["35", "3501", "3502"]);
  assert.deepEqual(choices("agency").values, ["gongan", "xiamen"]);
  assert.deepEqual(choices("section").values, ["a", "b"]);
});

test("a filter that would leave out nothing is not offered", () => {
  assert.equal(choices("kind", { agency: "xiamen" }), null);
  assert.notEqual(choices("kind", { agency: "xiamen", kind: "政府" }), null);
});

test("agencies are named by all terms, the one that is named exactly first", () => {
  const near = (terms, query, count) =>
    plain(agenciesNear(index, terms, query, count)).map(agency => agency.slug);
  assert.deepEqual(near(["市"], "市", 3), ["gongan", "xiamen"]);
  assert.deepEqual(near(["厦门市人民政府"], "厦门市人民政府", 0), ["xiamen"]);
  assert.deepEqual(near(["公安", "厦门"], "公安 厦门", 1), []);
  assert.deepEqual(near(["公安", "厦门"], "公安 厦门", 0), ["gongan", "xiamen"]);
});

test("an agency is named exactly by any of its names", () => {
  const named = names => ({ names });
  const some = { normalise: index.normalise, agencies: [named(["甲局办"]), named(["乙", "甲局"])] };
  assert.deepEqual(plain(agenciesNear(some, ["甲局"], "甲局", 1)).map(one => one.names.length),
    [2, 1]);
});

test("what was found is said in words", () => {
  const said = (terms, count, hits, counts) =>
    summary(" 公开 ", terms, count, { hits: Array(hits).fill({}), counts });
  assert.equal(said(["公开"], 3, 3, [3]), "找到 3 份报告。");
  assert.equal(said(["公开"], 0, 3, [3]), "没有符合这些条件的报告，请放宽条件。");
  assert.match(said(["公开"], 0, 0, [0]), /^没有一份报告里有“公开”。/);
  assert.match(said(["公开", "甲"], 0, 0, [3, 0]), /分开看：“公开” 3 份，“甲”没有。$/);
});
