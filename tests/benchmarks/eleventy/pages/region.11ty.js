import { each, escape, pages, places } from "../html.js";

const { data, render } = pages(
  "areas", ({ code }) => `regions/${code}`, ({ name }) => name,
  ({ years, below, agencies }) => `${places(below)}
<table><thead><tr><th scope="col">机关</th>${each(years, year => `<th scope="col">${year}</th>`)}</tr></thead><tbody>
${each(agencies, agency => line(agency, years))}</tbody></table>`,
);
export { data, render };

function line({ slug, 全称: name, lines }, years) {
  const own = new Set(lines.map(({ year }) => year));
  return `<tr><th scope="row"><a href="/agencies/${slug}/">${escape(name)}</a></th>${each(years, year =>
    `<td>${own.has(year) ? `<a href="/reports/${slug}/${year}/">${year}</a>` : "无"}</td>`)}</tr>\n`;
}
