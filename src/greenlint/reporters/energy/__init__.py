"""The energy report: what tests, languages and commits use, in every format."""
