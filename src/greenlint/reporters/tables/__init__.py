"""Tables as data, and their two renderings: for a terminal of any width, and as Markdown."""
