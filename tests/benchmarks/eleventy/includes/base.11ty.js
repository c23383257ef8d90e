import { escape } from "../html.js";

const SITE = "政府信息公开年度报告";

export const render = ({ title, content, page }) => `<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)} - ${SITE}</title>
<link rel="canonical" href="https://portal.example${page.url}">
<link rel="stylesheet" href="/assets/portal.css">
</head>
<body>
<header><nav><a href="/">${SITE}</a> <a href="/annual/">年度报告</a></nav></header>
<main>
<h1>${escape(title)}</h1>
${content}
</main>
<footer>一切以原件为准。</footer>
</body>
</html>
`;
