"""Pages that stand alone: one file, no network, no script, readable in light and dark, on paper and on a phone."""
