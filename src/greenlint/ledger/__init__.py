"""The ledger: every measurement of every run, append-only, in one SQLite file."""
