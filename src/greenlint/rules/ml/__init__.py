"""Models that are trained longer, loaded more often or run with more memory than their result needs."""
