"""Series of commits in every format: text, JSON, Markdown and a page that stands alone."""
