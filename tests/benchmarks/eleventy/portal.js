/** The data → lists of pages, read from the same YAML as the portal. */
import { readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { cellsOf } from "./html.js";

const forms = JSON.parse(readFileSync("forms.json", "utf8"));
const yaml = path => load(readFileSync(path, "utf8"));
const push = (lists, key, item) => (lists[key] ??= []).push(item);

export function readPortal(folder) {
  const regions = yaml(`${folder}/regions.yaml`);
  const agencies = [], reports = [], lines = {}, counts = {}, inRegion = {};
  for (const slug of readdirSync(`${folder}/agencies`).sort()) {
    const home = `${folder}/agencies/${slug}`;
    const agency = { slug, ...yaml(`${home}/agency.yaml`), lines: [] };
    agencies.push(agency);
    push(inRegion, agency.地区, agency);
    for (const name of readdirSync(home).filter(name => /^\d/.test(name)).sort()) {
      const year = name.slice(0, 4);
      const form = forms.forms[forms.years[year]];
      const report = yaml(`${home}/${name}`);
      const line = {
        slug, year, agency: agency.全称, published: report.发布日期, labels: form.key_figures,
        figures: form.key_figures.map(({ keys, at }) => cellsOf(report, keys)[at]),
      };
      agency.lines.push(line);
      push(lines, `${agency.地区}/${year}`, line);
      for (let code = agency.地区; code; code = regions[code].上级) {
        counts[code] = (counts[code] ?? 0) + 1;
        counts[`${code}/${year}`] = (counts[`${code}/${year}`] ?? 0) + 1;
      }
      const title = form.title.replace("{机关}", agency.全称).replace("{年度}", year);
      reports.push({ slug, year, agency: agency.全称, form, report, title: report.标题 ?? title });
    }
  }
  const years = [...new Set(reports.map(({ year }) => year))].sort().reverse();
  const places = Object.entries(regions).filter(([code]) => counts[code])
    .map(([code, { 名称: name, 上级: parent }]) => ({ code, name, parent, count: counts[code] }));
  const below = {};
  for (const place of places) push(below, place.parent ?? "", place);
  const areas = places.map(place => ({
    ...place, years, below: below[place.code] ?? [], agencies: inRegion[place.code] ?? [],
  }));
  const regionYears = areas.flatMap(area => years.filter(year => counts[`${area.code}/${year}`])
    .map(year => ({ ...area, year, lines: lines[`${area.code}/${year}`] ?? [] })));
  const yearPages = years.map(year => ({
    year, regions: regionYears.filter(page => page.year === year),
  }));
  return { reports, agencies, areas, regionYears, yearPages, years, tops: below[""] };
}
