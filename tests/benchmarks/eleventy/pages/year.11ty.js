import { each, escape, pages } from "../html.js";

const { data, render } = pages(
  "yearPages", ({ year }) => `years/${year}`, ({ year }) => `${year}年度`,
  ({ year, regions }) => `<ul>${each(regions, ({ code, name }) =>
    `<li><a href="/regions/${code}/${year}/">${escape(name)}</a></li>\n`)}</ul>`,
);
export { data, render };
