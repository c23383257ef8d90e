/** What several templates print. */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export const escape = text => String(text).replace(/[&<>"']/g, found => ESCAPES[found]);

/** The cells of a row of figures, by the keys that lead to it. */
export const cellsOf = (stated, keys) => keys.reduce((found, key) => found[key], stated);

export const each = (items, print) => items.map(print).join("");

export const places = below => !below.length ? "" : `<ul>${each(below, ({ code, name, count }) =>
  `<li><a href="/regions/${code}/">${escape(name)}</a> ${count} 份报告</li>\n`)}</ul>`;

/** A table of key figures, one report to a line. */
export function overview(lines, name) {
  if (!lines.length) return "";
  const heads = each(lines[0].labels, ({ label }) => `<th scope="col">${escape(label)}</th>`);
  return `<table class="overview"><thead><tr><th scope="col"></th>${heads}`
    + `<th scope="col">发布</th></tr></thead><tbody>\n${each(lines, line => row(line, name))}</tbody></table>`;
}

function row(line, name) {
  const to = `/reports/${line.slug}/${line.year}/`;
  const figures = each(line.labels, ({ address }, at) =>
    `<td><a href="${to}#${address}">${escape(line.figures[at])}</a></td>`);
  return `<tr><th scope="row"><a href="${to}">${escape(line[name])}</a></th>${figures}`
    + `<td>${escape(line.published)}</td></tr>\n`;
}

/** A template that makes a page of every item of a list of the portal. */
export const pages = (list, address, title, print) => ({
  data: {
    layout: "base.11ty.js",
    pagination: { data: `portal.${list}`, size: 1, alias: "item" },
    permalink: ({ item }) => `${address(item)}/index.html`,
    eleventyComputed: { title: ({ item }) => title(item) },
  },
  render: ({ item }) => print(item),
});
