"""A YAML file as located text, and what can be wrong with it.

It knows bytes, nodes with their places, keys and problems; nothing of reports or of the form.
Imports nothing of the package.
"""
