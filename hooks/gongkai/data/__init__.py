"""All that `data/` says: figures, prose, reports, agencies, regions, joined in one dataset.

It knows what is written, and judges only whether it can be read. Imports `source` and `forms`.
"""
