import assert from "node:assert/strict";
import { test } from "node:test";
import { indexed } from "./small-index.js";
import { plain } from "./scripts.js";

const TEXTS = [
  { a: "主动公开信息", b: "收到申请三件" },
  { a: "公开申请信息公开", b: "没有收到申请" },
  { a: "公开指南", b: "信息申请三件" },
];
const opened = (texts = TEXTS, sections = ["a", "b"]) => indexed(texts, sections).openIndex();

async function hits(query, texts, sections) {
  const { openIndex, termsOf } = indexed(texts || TEXTS, sections || ["a", "b"]);
  const index = await openIndex();
  return plain(await index.search(termsOf(query, index.normalise)));
}

const reports = async query => (await hits(query)).hits.map(hit => hit.report);

test("reports stand in the order of the index, with their titles", async () => {
  const index = await opened();
  assert.deepEqual(plain(index.reports.map(({ slug, year, title }) => [slug, year, title])), [
    ["gongan", 2021, "福州市公安局2021年报告"],
    ["xiamen", 2021, "厦门市 2021 年报告"],
    ["gongan", 2020, "福州市公安局2020年报告"],
  ]);
});

test("an agency has its names and its regions", async () => {
  const [fuzhou, xiamen] = plain((await opened()).agencies);
  assert.deepEqual(fuzhou, {
    slug: "gongan", name: "福州市公安局", kind: "部门", region: "福州市",
    regions: ["3501", "35"], others: ["市公安局", "福州公安处"],
    names: ["福州市公安局", "市公安局", "福州公安处"],
  });
  assert.deepEqual(xiamen.others, []);
});

test("regions that lead to each other have an end", async () => {
  const index = await opened();
  index.regions = new Map([["1", ["甲", "2"]], ["2", ["乙", "1"]]]);
  assert.deepEqual(plain(index.lineage("1")), ["1", "2"]);
  assert.deepEqual(plain(index.lineage("3")), []);
});

test("a report is found if and only if it has the term", async () => {
  for (const term of ["公开", "信息", "信息公开", "申请三件", "收到申请三件", "件", "开申", "指南针"]) {
    const expected = TEXTS.flatMap((text, report) =>
      Object.values(text).some(words => words.includes(term)) ? [report] : []);
    assert.deepEqual(await reports(term), expected, term);
  }
});

test("a long term is read in the texts where its first lists leave few reports", async () => {
  const term = "政府信息公开年报";
  const texts = [
    { a: "政府甲乙公开年报", b: `看${term}` }, { a: term, b: "年报" }, { a: "政府甲乙公开年报" },
  ];
  const found = await hits(term, texts);
  assert.deepEqual(found.hits.map(hit => [hit.report, hit.sections]), [[0, ["b"]], [1, ["a"]]]);
});

test("a long term is looked up by more lists where many reports are left", async () => {
  const term = "政府信息公开年报";
  const texts = Array.from({ length: 12 }, (_, at) => ({ a: at % 2 ? term : "政府甲乙公开年报" }));
  const found = await hits(term, texts);
  assert.deepEqual(found.hits.map(hit => hit.report), [1, 3, 5, 7, 9, 11]);
});

test("all terms are asked for, each may stand elsewhere", async () => {
  assert.deepEqual(await reports("公开 三件"), [0, 2]);
  assert.deepEqual(await reports("公开 三件 2020"), [2]);
  assert.deepEqual(await reports("福建省 三件"), [0, 2]);
  assert.deepEqual(await reports("厦门 三件"), []);
  assert.deepEqual((await hits("厦门 三件")).counts, [1, 2]);
});

test("names count more than titles, titles more than text", async () => {
  const scores = async query => (await hits(query)).hits.map(hit => hit.score);
  assert.deepEqual(await scores("公安处"), [8, 8]);
  assert.deepEqual(await scores("2020年报告"), [4]);
  assert.deepEqual(await scores("福建"), [1, 1, 1]);
  assert.deepEqual(await scores("三件 公安处"), [9, 9]);
});

test("a hit names the sections where all terms are that its names lack", async () => {
  const sections = async query => (await hits(query)).hits.map(hit => hit.sections);
  assert.deepEqual(await sections("申请"), [["b"], ["a", "b"], ["b"]]);
  assert.deepEqual(await sections("公开 三件"), [[], []]);
  assert.deepEqual(await sections("公安局 三件"), [["b"], ["b"]]);
  assert.deepEqual(await sections("公安局"), [[], []]);
});

test("there may be any number of sections", async () => {
  const ids = Array.from({ length: 70 }, (_, at) => `s${at}`);
  const texts = [{ s0: "公开", s31: "公开", s32: "公开", s69: "公开" }, { s33: "公开" }, {}];
  const found = await hits("公开", texts, ids);
  assert.deepEqual(found.hits.map(hit => hit.sections), [["s0", "s31", "s32", "s69"], ["s33"]]);
});

test("texts are shown with what is not searched", async () => {
  const index = await opened();
  assert.deepEqual(plain(await index.text(2)), [
    { kind: 0, section: "a", fragment: "a", pieces: ["公开指南", "（只看）"], searched: ["公开指南"] },
    { kind: 1, section: "b", fragment: "b", pieces: ["信息申请三件", "（只看）"],
      searched: ["信息申请三件"] },
  ]);
  assert.deepEqual(plain(await index.text(3)), []);
});

test("a file of lists is loaded once", async () => {
  const { openIndex, loaded } = indexed(TEXTS, ["a", "b"]);
  const index = await openIndex();
  await index.search(["公开"]);
  await index.search(["公开", "信息"]);
  assert.equal(loaded.filter(name => name === "s0").length, 1);
});

test("an index whose files differ in their build is opened anew, once", async () => {
  for (const name of ["characters", "catalogue", "reports"]) {
    const { openIndex, builds, loaded, Stale } = indexed(TEXTS, ["a", "b"]);
    builds[name] = "another";
    await assert.rejects(openIndex(), Stale);
    assert.equal(loaded.filter(one => one === name).length, 2);
  }
});

test("files of another build are not read", async () => {
  const { openIndex, files, Stale } = indexed(TEXTS, ["a", "b"]);
  const index = await openIndex();
  index.build = "another";
  await assert.rejects(index.search(["公开"]), Stale);
  assert.ok(files.s0.length);
});
