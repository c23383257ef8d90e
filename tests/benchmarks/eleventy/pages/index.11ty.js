export const data = { layout: "base.11ty.js", title: "政府信息公开年度报告", permalink: "index.html" };

export const render = () => '<p><a href="/annual/">年度报告</a></p>';
