"""The index that lets a browser answer any search exactly: every report with the words, no other.

What is searched comes from `entries`; `characters` says which characters count as equal; `grams`
turns the text into lists of places; `files` lays the lists out in files that a page loads by need.
"""
