"""Charts as inline SVG, made at build time from finished values.

Colours, type and stroke widths come from style sheets by class; heights are in `em` and widths in
percent, so that a chart fits a phone and grows with the reader's text size.
"""
