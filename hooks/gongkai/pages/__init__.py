"""One module a kind of page; each makes a page of a site.

Imports every room below it; does not know `exports`.
"""
