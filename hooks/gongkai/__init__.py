"""政府信息公开工作年度报告: the statutory model, its checks and its pages.

The rooms, from the ground up; each imports only from those below it:

    source                      a YAML file as located text, and what can be wrong with it
    forms                       the statutory form as data
    data                        all that `data/` says
    checks, analysis, editing   what is wrong with it; what follows from it; files for people
    html                        what pages are drawn with
    pages, exports              one module a kind of page; one a kind of file
    publishing                  what is written where
    commands                    the edge: one module a verb

A figure goes the same way: YAML text → located nodes → a report read through its form → problems
and facts → pages → artifacts of the site. Nothing here knows MkDocs; `hooks/portal.py` joins them.
"""
