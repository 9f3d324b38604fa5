"""The gate: configured budgets against what the ledger holds."""
