"""Energy per commit: measured in git worktrees, kept in the ledger, read back as series with their changes."""
