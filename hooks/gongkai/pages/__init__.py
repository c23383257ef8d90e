"""One module for each kind of page: data → view → `Page`."""
