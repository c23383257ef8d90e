"""政府信息公开工作年度报告: the statutory model, its checks and its pages.

YAML text → located nodes (`source`) → reports read through a format (`formats`, `reports`) →
problems (`checks`) → views (`pages`) → files of the site (`publishing`). Nothing here knows MkDocs;
`hooks/portal.py` joins the two.
"""
