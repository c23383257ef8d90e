"""Files that are written for people and their editors: canonical YAML, drafts, JSON Schemas.

It does not know `checks` or `analysis`. Imports `source`, `forms` and `data`.
"""
