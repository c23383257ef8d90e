"""Figures as files for other programs, one module a kind of file.

It knows no page. Imports the rooms of facts and the addresses in `html`.
"""
