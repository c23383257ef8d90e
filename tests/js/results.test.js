import assert from "node:assert/strict";
import { test } from "node:test";
import { CHARACTERS, plain, scripts } from "./scripts.js";

const { normaliser, results, within } =
  scripts(["dom", "text", "search-results", "marks"], { load: () => Promise.reject(new Error()) });
const normalise = normaliser(CHARACTERS);
const entry = (...searched) => ({ section: "a", searched, pieces: searched });

test("the entries with most terms are shown, in the order of the report", () => {
  const entries = ["申请", "公开", "无关", "公开申请", "公开", "申请公开"].map(text => entry(text));
  const { best, rest } = plain(results.bestOf(entries, ["公开", "申请"], normalise));
  assert.deepEqual(best.map(one => one.searched[0]), ["申请", "公开申请", "申请公开"]);
  assert.equal(rest, 2);
});

test("it is enough that one piece has a term, and which part of the report it is from is told", () => {
  const entries = [entry("申请", "公开"), entry("无关", "没有")];
  assert.equal(results.bestOf(entries, ["公开"], normalise).best.length, 1);
  assert.deepEqual(plain(results.ofSection([...entries, { section: "b" }], "b")),
    [{ section: "b" }]);
  assert.equal(results.ofSection(entries, "").length, 2);
});

test("a term counts only where one piece has it whole", () => {
  const { best } = plain(results.bestOf([entry("公", "开")], ["公开"], normalise));
  assert.deepEqual(best, []);
});

test("a long passage is shown around its first mark", () => {
  assert.deepEqual(plain(results.windowOf(500, [[200, 202]])), [172, 268]);
  assert.deepEqual(plain(results.windowOf(500, [[36, 38]])), [0, 96]);
  assert.deepEqual(plain(results.windowOf(500, [[200, 400]])), [172, 400]);
  assert.deepEqual(plain(results.windowOf(50, [[0, 2]])), [0, 50]);
  assert.deepEqual(plain(results.windowOf(50, [])), [0, 50]);
});

test("marks are cut to the node that they are in", () => {
  assert.deepEqual(plain(within([[1, 4], [6, 9]], 3, 4)), [[0, 1], [3, 4]]);
  assert.deepEqual(plain(within([[1, 3]], 3, 4)), []);
});
