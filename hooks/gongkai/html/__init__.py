"""What pages are drawn with: addresses, templates, tables, charts, metadata, the frame.

It knows no particular page. Imports the rooms of facts: `source`, `forms`, `data`, `checks` and
`analysis`.
"""
