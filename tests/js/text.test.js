import assert from "node:assert/strict";
import { test } from "node:test";
import { CHARACTERS, plain, scripts } from "./scripts.js";

const { normaliser, ranges, termsOf, marked, cut } = scripts(["text"]);
const normalise = normaliser(CHARACTERS);
const found = (text, ...terms) =>
  plain(ranges(normalise(text), terms)).map(([start, end]) => text.slice(start, end));

test("a text is searched by characters that are equal, and without blanks", () => {
  assert.equal(normalise("Ａ “公开” ２").text, "a公开2");
  assert.equal(normalise("公 开\n信　息").text, "公开信息");
  assert.equal(normalise("").text, "");
});

test("a blank stays between two letters or digits only", () => {
  assert.equal(normalise("A  B").text, "a b");
  assert.equal(normalise("12 34").text, "12 34");
  assert.equal(normalise(" A 公 B ").text, "a公b");
});

test("each unit of the searched text knows its place in the original", () => {
  const { text, starts, ends } = plain(normalise("“公”㈠ 开"));
  assert.equal(text, "公(一)开");
  assert.deepEqual(starts, [1, 3, 3, 3, 5]);
  assert.deepEqual(ends, [2, 4, 4, 4, 6]);
});

test("a blank that stays takes no place of its own", () => {
  const { starts, ends } = plain(normalise("A  B"));
  assert.deepEqual([starts, ends], [[0, 3, 3], [1, 3, 4]]);
});

test("characters beyond the basic plane keep places right", () => {
  assert.deepEqual(found("𠮷公开", "公开"), ["公开"]);
  assert.deepEqual(found("𠮷公开", "𠮷"), ["𠮷"]);
});

test("what is found is cut from the original, with what it skips", () => {
  assert.deepEqual(found("“三 公”经费", "三公经费"), ["三 公”经费"]);
  assert.deepEqual(found("第㈠条", "(一)"), ["㈠"]);
  assert.deepEqual(found("第㈠条", "一"), ["㈠"]);
  assert.deepEqual(found("没有", "公开"), []);
});

test("ranges are sorted, and joined where they overlap or touch", () => {
  const spans = (text, ...terms) => plain(ranges(normalise(text), terms));
  assert.deepEqual(spans("开公开公", "公开", "开公"), [[0, 4]]);
  assert.deepEqual(spans("甲乙丙丁", "丙丁", "甲乙"), [[0, 4]]);
  assert.deepEqual(spans("甲乙一丙丁", "丙丁", "甲乙"), [[0, 2], [3, 5]]);
  assert.deepEqual(spans("啊啊啊啊", "啊啊"), [[0, 4]]);
});

test("blanks part the terms of a query, a line break does not", () => {
  const terms = query => plain(termsOf(query, normalise));
  assert.deepEqual(terms("公开　报告  2021"), ["公开", "报告", "2021"]);
  assert.deepEqual(terms("公开 \r\n 报告"), ["公开报告"]);
  assert.deepEqual(terms("  "), []);
  assert.deepEqual(terms("“”"), []);
});

test("a term in another, or said twice, asks for nothing more", () => {
  const terms = query => plain(termsOf(query, normalise));
  assert.deepEqual(terms("公开 信息公开 公开"), ["信息公开"]);
  assert.deepEqual(terms("A Ａ"), ["a"]);
});

test("no term matches from one piece of an entry into another, nor in what is only shown", () => {
  const { text, marks } = plain(marked(["收到", "申请", "申请 3 件"], ["申请"], normalise));
  assert.equal(text, "收到申请申请 3 件");
  assert.deepEqual(marks, [[4, 6]]);
  assert.deepEqual(plain(marked(["公", "", "开"], ["公开"], normalise).marks), []);
});

test("a part of a text is cut with its marks, those at its ends as well", () => {
  const pieces = (...rest) => plain(cut("零一二三四五", ...rest));
  assert.deepEqual(pieces([[1, 3]], 0, 6), [["零", false], ["一二", true], ["三四五", false]]);
  assert.deepEqual(pieces([[0, 3], [4, 6]], 2, 5),
    [["二", true], ["三", false], ["四", true]]);
  assert.deepEqual(pieces([[0, 1], [5, 6]], 2, 4), [["二三", false]]);
  assert.deepEqual(pieces([], 0, 0), []);
});
