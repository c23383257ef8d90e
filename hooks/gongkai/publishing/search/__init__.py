"""The index that lets a browser answer any search exactly: every report with the words, no other.

What is searched comes from `entries`, and `texts` keeps it as plain data; `characters` says which
characters count as equal; `corpus` lays the texts out; `grams` turns them into lists of places,
which `lists` puts aside and joins; `files` yields the scripts that a page loads by need.
"""
