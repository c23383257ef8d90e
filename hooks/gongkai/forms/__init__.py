"""The statutory form as data: sections, tables, headings, relations, meanings.

It knows `data/formats/` and no report. Imports `source`.
"""
