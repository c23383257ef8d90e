"""What follows from the data: the ledger, sums with proof, series, flows; joined in one portal.

It knows facts and no page, and does not know `checks` or `editing`. Imports `source`, `forms` and
`data`.
"""
