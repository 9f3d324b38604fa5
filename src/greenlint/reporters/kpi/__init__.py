"""The organisation page: a few indicators, each with its interval, mark, coverage and origin, and what to do next."""
