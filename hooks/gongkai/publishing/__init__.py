"""What is written where: the plan of all pages, artifacts, feeds and the search.

Imports every room below it, and no MkDocs.
"""
