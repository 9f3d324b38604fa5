"""The formats in which runs leave the ledger: one file each, found by walking this package."""
