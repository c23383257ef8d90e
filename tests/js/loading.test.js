import assert from "node:assert/strict";
import { test } from "node:test";
import { SITE, plain, scripts } from "./scripts.js";

/** Loading with scripts that only say what they ask for; `answers` has what comes of each. */
function loading(answers = {}) {
  const asked = [];
  const gongkai = scripts([], {});
  const append = element => {
    asked.push(element.src.replace(SITE, ""));
    const name = /([a-z0-9-]+)\.js/.exec(element.src)[1];
    setImmediate(() => {
      if (answers[name] === "missing") { element.onerror(); return; }
      gongkai.take(name, "b1", answers[name]);
      element.onload();
    });
  };
  gongkai.world.document.head = { append };
  gongkai.world.document.createElement = () => ({ remove() {} });
  return { ...gongkai, asked };
}

test("a file is loaded once, and gives its data and build", async () => {
  const { load, asked } = loading({ catalogue: [1] });
  const [one, other] = await Promise.all([load("catalogue"), load("catalogue")]);
  assert.deepEqual(plain(one), { build: "b1", data: [1] });
  assert.equal(one, other);
  assert.deepEqual(asked, ["search/data/catalogue.js"]);
});

test("a file that did not come is asked for again", async () => {
  const answers = { s0: "missing" };
  const { load, asked } = loading(answers);
  await assert.rejects(load("s0"));
  answers.s0 = ["公开", "!"];
  assert.deepEqual(plain((await load("s0")).data), ["公开", "!"]);
  assert.equal(asked.length, 2);
});

test("files of one build are asked for past the cache, data anew after a change", async () => {
  const { load, need, pin, renew, asked } = loading();
  await need("text");
  pin("b1");
  await load("s0");
  renew();
  await Promise.all([load("s0"), need("text")]);
  assert.deepEqual(asked.slice(0, 2), ["assets/text.js", "search/data/s0.js?b1"]);
  assert.match(asked[2], /^search\/data\/s0\.js\?\d+$/);
  assert.equal(asked.length, 3);
});

test("pages have addresses below the site, wherever that is", () => {
  const { pageOf } = loading();
  assert.equal(pageOf("reports/a/2021", "/").href, `${SITE}reports/a/2021/`);
  assert.equal(pageOf("glossary/", "#requests.received").href,
    `${SITE}glossary/#requests.received`);
});
