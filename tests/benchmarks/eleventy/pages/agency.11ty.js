import { escape, overview, pages } from "../html.js";

const { data, render } = pages(
  "agencies", ({ slug }) => `agencies/${slug}`, ({ 全称: name }) => name,
  ({ 类别: kind, lines }) => `<p>${escape(kind)}</p>\n${overview(lines, "year")}`,
);
export { data, render };
