import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { plain, scripts } from "./scripts.js";

const { grid, csv } = scripts(["dom", "portal"]);
const CASES = JSON.parse(readFileSync(new URL("../formulas.json", import.meta.url), "utf-8"));

function table(...rows) {
  const cell = ([textContent, rowSpan = 1, colSpan = 1]) => ({ textContent, rowSpan, colSpan });
  return { rows: rows.map(row => ({ cells: row.map(cell) })) };
}

test("a merged cell is repeated wherever it stands", () => {
  const merged = table(
    [["项目", 2, 1], ["申请人", 1, 2]],
    [["自然人"], ["法人"]],
    [["收到", 1, 1], ["3"], ["0"]],
  );
  assert.deepEqual(plain(grid(merged)), [
    ["项目", "申请人", "申请人"],
    ["项目", "自然人", "法人"],
    ["收到", "3", "0"],
  ]);
});

test("a cell beside one that reaches down stands behind it", () => {
  const merged = table([["甲"], ["乙", 2, 1], ["丙"]], [["丁"], ["戊"]]);
  assert.deepEqual(plain(grid(merged)), [["甲", "乙", "丙"], ["丁", "乙", "戊"]]);
});

test("what a cell says is one line", () => {
  assert.deepEqual(plain(grid(table([[" 一、\n  收到\t申请 "], [""]]))), [["一、 收到 申请", ""]]);
});

test("cells are parted by commas, and quoted where they have one", () => {
  assert.equal(csv([["甲", "1,234", "说“是”"], ["a\"b", "", "0"]]),
    "甲,\"1,234\",说“是”\r\n\"a\"\"b\",,0\r\n");
  assert.equal(csv([["a\rb", "a\nb"]]), "\"a\rb\",\"a\nb\"\r\n");
});

test("no spreadsheet takes a cell for a formula, and figures stay as they are", () => {
  for (const [text, expected] of CASES) {
    const [, quoted, bare] = /^(?:"(.*)"|(.*)),x\r\n$/s.exec(csv([[text, "x"]]));
    assert.equal(quoted === undefined ? bare : quoted.replace(/""/g, '"'), expected);
  }
});
