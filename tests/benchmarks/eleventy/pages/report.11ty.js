import { cellsOf, each, escape, pages } from "../html.js";

const { data, render } = pages(
  "reports", ({ slug, year }) => `reports/${slug}/${year}`, ({ title }) => title, print,
);
export { data, render };

function print({ slug, agency, year, form, report }) {
  const { 发布日期: published, 原文链接: original, 主动公开渠道: channels } = report;
  return `<ul class="facts"><li><a href="/agencies/${slug}/">${escape(agency)}</a></li><li>${year}年度</li>`
    + (published ? `<li>${escape(published)}发布</li>` : "")
    + (original ? `<li><a href="${escape(original)}">原文</a></li>` : "")
    + `</ul>\n<dl class="key-figures">${each(form.key_figures, ({ label, address, keys, at }) =>
      `<div><dt>${escape(label)}</dt><dd><a href="#${address}">${escape(cellsOf(report, keys)[at])}</a></dd></div>`)}</dl>\n`
    + each(form.sections, (section, number) => `<section>
<h2 id="${section.id}">${escape(section.heading)}</h2>
${section.blocks.length ? table(section, report[section.key]) : prose(report[section.key])}
${number === 0 && channels ? counts(channels) : ""}</section>
`);
}

const prose = text => each(text.trim().split("\n"), line =>
  line.startsWith("（") ? `<h3>${escape(line)}</h3>\n` : `<p>${escape(line)}</p>\n`);

const heading = ({ id, class: kind, scope, spans, text, anchor }) =>
  `<th class="${kind}" id="${id}" scope="${scope}" ${spans}>${anchor
    ? `<a href="/glossary/#${anchor}">${escape(text)}</a>` : escape(text)}</th>`;

function table({ heading: caption, blocks }, stated) {
  const figures = ({ keys, figures: found }) => {
    const cells = cellsOf(stated, keys);
    return each(found, ({ id, headers, colspan }, at) =>
      `<td${cells[at] === 0 ? ' class="zero"' : ""} id="${id}" headers="${headers}" colspan="${colspan}">${escape(cells[at])}</td>`);
  };
  return `<table class="statutory"><caption>${escape(caption)}</caption>\n${each(blocks, ({ head, body }) =>
    `<tbody>\n${each(head, line => `<tr>${each(line, heading)}</tr>\n`)}${each(body, line =>
      `<tr>${each(line.head, heading)}${each(line.rows, figures)}</tr>\n`)}</tbody>\n`)}</table>`;
}

const parts = found => found ? `（${each(Object.entries(found), ([name, count]) => `${escape(name)}${count}条 `)}）` : "";

const counts = ({ 明细: items, 合计: total }) =>
  `<table><tr><th>内容</th><th>渠道</th><th>条数</th></tr>\n${each(items, item =>
    `<tr><td>${escape(item.内容)}${parts(item.其中)}</td><td>${escape(item.渠道)}</td><td>${item.条数}</td></tr>\n`)}`
  + `<tr><th>合计</th><td></td><td>${total}</td></tr></table>\n`;
