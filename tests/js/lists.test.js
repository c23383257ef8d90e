import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, scripts } from "./scripts.js";
import { ALPHABET, written } from "./small-index.js";

const { reader, ascending, both, spread, cover, fileOf, byGram } = scripts(["search-lists"]).lists;

test("numbers are read as they are written", () => {
  const numbers = [0, 1, 2, 3, 8, 9, 80, 81, 12345, 2 ** 31, 2 ** 40];
  assert.deepEqual(plain(reader(ALPHABET)(numbers.map(written).join(""))), numbers);
  assert.deepEqual(plain(reader(ALPHABET)("")), []);
});

test("an ascending list is the sum of its distances", () => {
  assert.deepEqual(plain(ascending([3, 0, 4])), [3, 3, 7]);
  assert.deepEqual(plain(ascending([])), []);
});

test("two ascending lists share what is in both", () => {
  assert.deepEqual(plain(both([1, 3, 5, 9], [3, 4, 9, 10])), [3, 9]);
  assert.deepEqual(plain(both([], [1])), []);
  assert.deepEqual(plain(both([1, 2], [3])), []);
});

test("members of a list are taken from its first to its last", () => {
  assert.deepEqual(plain(spread([0, 1, 2, 3, 4, 5, 6], 3)), [0, 3, 6]);
  assert.deepEqual(plain(spread(["a", "b"], 2)), ["a", "b"]);
});

function grams(term, common = [], longest = 5) {
  return plain(cover([...term], new Set(common), longest));
}

test("pairs cover a term, and overlap no more than they must", () => {
  assert.deepEqual(grams("政府").map(one => one.gram), ["政府"]);
  assert.deepEqual(grams("政府信息").map(one => one.gram), ["政府", "信息"]);
  assert.deepEqual(grams("政府信").map(one => one.gram), ["政府", "府信"]);
});

test("where a pair is common, longer grams cover it", () => {
  assert.deepEqual(grams("政府信息", ["政府"]).map(one => one.gram), ["政府信", "信息"]);
  assert.deepEqual(grams("甲政府", ["政府"]).map(one => one.gram), ["甲政府"]);
  assert.deepEqual(grams("甲政府信", ["政府"]).map(one => one.gram), ["甲政府", "政府信"]);
});

test("every cover reaches every character, at its place, by grams with places", () => {
  const letters = "政府信息";
  for (let code = 0; code < 4 ** 5; code += 1) {
    const term = Array.from({ length: 5 }, (_, at) => letters[Math.floor(code / 4 ** at) % 4]);
    const common = new Set(["政政", "政府", "政府信"]);
    if (common.has(term.join(""))) continue;
    const chosen = plain(cover(term, common, 5));
    let covered = 0;
    for (const { start, end, gram } of chosen) {
      assert.ok(start <= covered && end > covered);
      assert.equal(gram, term.slice(start, end).join(""));
      assert.ok(!common.has(gram));
      covered = end;
    }
    assert.equal(covered, 5);
  }
});

test("the file of a gram is told by its hash", () => {
  const plan = { hash: [8191, 1_000_003], shards: { s: 7, c: 3 } };
  const code = character => character.codePointAt(0);
  assert.equal(fileOf("公", plan), `c${code("公") % 1_000_003 % 3}`);
  assert.equal(fileOf("公开", plan), `s${(code("公") * 8191 + code("开")) % 1_000_003 % 7}`);
  assert.equal(fileOf("𠮷", plan)[0], "c");
});

test("a file's lists are told apart by their grams", () => {
  assert.deepEqual(plain([...byGram(["公开", "!", "信息", "#"])]), [["公开", "!"], ["信息", "#"]]);
});
