"""The rules about figures and their meaning, and the run that applies them all.

A new rule is a generator in one of the modules here and its name in `registry.CHECKS`. The room
does not know `analysis` or `editing`. Imports `source`, `forms` and `data`.
"""
