"""Texts that a careless program would take for markup, a formula or a command."""

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script><a x="',
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[按这里](javascript:alert(1))",
    "**粗体** # 标题 ![图](图) 1.",
    "{{ 7 * 7 }}{{ config }}",
    "{% include 'main.html' %}{# 没有 #}",
    "%%gongkai.body%%",
    "%%gongkai.title%%%%gongkai.other%%",
    "<!-- 注释",
    "]]><script>alert(1)</script>",
    "</title></textarea></style></script><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;b&#62;",
    "\\u003cscript\\u003ealert(1)//",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "标题 {onclick=alert(1)}",
)
