import { each, places } from "../html.js";

export const data = { layout: "base.11ty.js", title: "年度报告", permalink: "annual/index.html" };

export const render = ({ portal }) => `${places(portal.tops)}
<ul>${each(portal.years, year => `<li><a href="/years/${year}/">${year}年</a></li>`)}</ul>`;
